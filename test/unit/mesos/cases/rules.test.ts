// Every rule of the tables: the case that triggers it and the near miss that does not.
import { describe, expect, test } from 'vitest';
import { RELEASE_RULES } from '../../../../src/knowledge/mesos/checks/release-changes.ts';
import { AGENT_FLAGS } from '../../../../src/knowledge/mesos/tables/agent-flags.ts';
import { BUILT_IN_ISOLATORS } from '../../../../src/knowledge/mesos/tables/built-in-isolators.ts';
import type {
  Condition,
  ReleaseRule,
} from '../../../../src/knowledge/mesos/tables/release-rules/release-rule.ts';
import { STATE_BARRIERS } from '../../../../src/knowledge/mesos/tables/state-barriers.ts';
import { type AgentSetup, findingsOf, MODULES, WORK } from '../../../mesos-case.ts';
import { stateFiles } from '../../../mesos-state.ts';
import { hasCompiler } from '../../../small-elf.ts';

/** Releases in their order; the tables name no other as a first or a last one. */
const RELEASES = [
  '0.23.0',
  '0.24.0',
  '0.25.0',
  '0.26.0',
  '0.27.0',
  '0.28.0',
  '0.28.1',
  '0.28.2',
  '1.0.0',
  '1.0.1',
  '1.1.0',
  '1.2.0',
  '1.3.0',
  '1.4.0',
  '1.5.0',
  '1.6.0',
  '1.7.0',
  '1.8.0',
  '1.9.0',
  '1.10.0',
  '1.11.0',
];

const indexOf = (release: string): number => RELEASES.indexOf(release);
const knows = (row: { since?: string; until?: string }, release: string): boolean =>
  (row.since === undefined || (indexOf(row.since) !== -1 && indexOf(row.since) <= indexOf(release))) &&
  (row.until === undefined || indexOf(release) < indexOf(row.until));

describe.skipIf(!hasCompiler)('rules', () => {
  test('the tables name releases that there are', () => {
    const named = [...AGENT_FLAGS, ...BUILT_IN_ISOLATORS].flatMap((row) => [
      row.since,
      'until' in row ? row.until : undefined,
    ]);
    const strange = named.filter((release) => release !== undefined && !RELEASES.includes(release));
    expect(new Set(strange)).toEqual(new Set(['1.12.0']));
  });

  test.each(RELEASES)('every flag that %s does not know ends its start, and no other', (release) => {
    const latest = RELEASES.at(-1) ?? '';
    const spelled = AGENT_FLAGS.filter(
      ({ name }) => !['help', 'version', 'work_dir', 'modules', 'modules_dir'].includes(name),
    );
    const args = spelled.map(({ name }) => `--${name}=x`).join(' ');
    const found = findingsOf({ release: latest }, { release, args });
    const refused = found.filter(({ id, severity }) => id === 'mesos-flags' && severity === 'blocker');
    const names = new Set(refused.map(({ subject }) => subject.slice(2)));
    // An old name counts as long as the new one takes it.
    const taken = new Set(
      AGENT_FLAGS.filter((row) => knows(row, release)).flatMap(({ name, alias }) => [name, alias ?? name]),
    );
    expect(names).toEqual(new Set(spelled.map(({ name }) => name).filter((name) => !taken.has(name))));
  });

  test.each(RELEASES)('every isolator that %s does not have built in is refused, and no other', (release) => {
    const settings = { MESOS_ISOLATION: BUILT_IN_ISOLATORS.map(({ name }) => name).join(',') };
    const found = findingsOf({ release: RELEASES.at(-1) ?? '' }, { release, settings });
    const refused = found.filter(
      ({ id, reason }) => id === 'mesos-isolators' && reason.includes('does not have it'),
    );
    const names = refused.map(({ subject }) => subject.replace(/ in .*/, ''));
    expect(names).toEqual(BUILT_IN_ISOLATORS.filter((row) => !knows(row, release)).map(({ name }) => name));
  });

  describe.each(RELEASE_RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    const { before, after } = sidesOf(rule);
    const fitting = setupOf(rule.when);
    const says = (today: AgentSetup, tomorrow: AgentSetup): boolean =>
      findingsOf(today, tomorrow).some(
        ({ id, evidence }) =>
          id === 'mesos-release-changes' &&
          evidence.some((one) => 'how' in one && one.how.startsWith(`${rule.id}:`)),
      );

    test(`between ${before} and ${after} it is said`, () => {
      expect(says({ release: before, ...fitting }, { release: after, ...fitting })).toBe(true);
    });

    test('between two releases on one side of it, it is not', () => {
      const other = neighbourOf(after, rule);
      if (other === undefined) return;
      expect(says({ release: after, ...fitting }, { release: other, ...fitting })).toBe(false);
    });

    test.runIf(rule.when !== undefined)('where nothing touches it, it is not', () => {
      const other = setupOf(negated(rule.when));
      expect(says({ release: before, ...other }, { release: after, ...other })).toBe(false);
    });
  });

  test.each(STATE_BARRIERS)('$what: a barrier on the way up to $release alone', ({ release, what }) => {
    const before = RELEASES[indexOf(release) - 1] ?? '';
    const files = stateFiles();
    const says = (from: string, to: string): boolean =>
      findingsOf({ release: from, files }, { release: to, files }).some(({ subject }) =>
        subject.startsWith(what),
      );
    expect([says(before, release), says(release, before), says(release, release)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

function sidesOf({ from, to }: ReleaseRule): { before: string; after: string } {
  if (from === '*' || to === '*') throw new Error('a rule without sides');
  const isIn = (release: string, range: string): boolean =>
    range.startsWith('>=')
      ? indexOf(release) >= indexOf(range.slice(2))
      : indexOf(release) < indexOf(range.slice(1));
  const before = from.startsWith('<')
    ? RELEASES.findLast((release) => isIn(release, from))
    : RELEASES.find((release) => isIn(release, from));
  const after = RELEASES.findLast(
    (release) => isIn(release, to) && release !== before && (to.startsWith('<') || release === to.slice(2)),
  );
  if (before === undefined || after === undefined) throw new Error(`no release is ${from} or ${to}`);
  return { before, after };
}

/** A release beside `after` so that the rule does not lie between the two. */
function neighbourOf(after: string, { from }: ReleaseRule): string | undefined {
  const edge = from.replace(/^[<>=]+/, '');
  return from.startsWith('<') && indexOf(after) < indexOf(edge)
    ? undefined
    : RELEASES[indexOf(after) + (from.startsWith('<') ? 1 : -1)];
}

/** A configuration for which the condition holds. */
function setupOf(condition: Condition | undefined): Omit<AgentSetup, 'release'> {
  if (condition === undefined) return {};
  if ('flag' in condition) return given(condition.flag, condition.values?.[0] ?? '{}');
  if ('list' in condition) return given(condition.list, condition.has);
  if ('variable' in condition) return { settings: { [condition.variable.replace('*', 'ENABLED')]: '1' } };
  if ('module' in condition) {
    const names = Object.entries(MODULES).flatMap(([name, kind]) =>
      kind === condition.module ? [name] : [],
    );
    return { modules: names.filter((name): name is keyof typeof MODULES => name in MODULES) };
  }
  if ('state' in condition) return { files: stateFiles() };
  if ('file' in condition) {
    const path = `${WORK}/${condition.file}`;
    return {
      files: path.includes('/latest/')
        ? { ...stateFiles(), [path.replace('latest', 'case-S0')]: 'x' }
        : { [path]: '' },
    };
  }
  if ('all' in condition) {
    const parts = condition.all.filter((one) => !('not' in one)).map(setupOf);
    return {
      settings: Object.assign({}, ...parts.map(({ settings }) => settings ?? {})),
      modules: parts.flatMap(({ modules }) => modules ?? []),
    };
  }
  return 'flag' in condition.not ? {} : given('isolation', 'posix/cpu');
}

function given(flag: string, value: string): Omit<AgentSetup, 'release'> {
  return { settings: { [`MESOS_${flag.toUpperCase()}`]: value } };
}

function negated(condition: Condition | undefined): Condition | undefined {
  return condition !== undefined && 'not' in condition ? condition.not : undefined;
}
