// Every rule that is known of going from one release to another is held by something, and counted.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RELEASE_RULES } from '../../../../src/knowledge/mesos/checks/release-changes.ts';
import { AGENT_FLAGS } from '../../../../src/knowledge/mesos/tables/agent-flags.ts';
import { BUILT_IN_ISOLATORS } from '../../../../src/knowledge/mesos/tables/built-in-isolators.ts';
import { FLAG_CASES } from './flags.ts';
import { ISOLATOR_CASES } from './isolators.ts';
import { MODULE_CASES } from './modules.ts';
import { STATE_CASES } from './state.ts';
import { SURROUNDINGS_CASES } from './surroundings.ts';
import { UPGRADE_RULES } from './upgrade-rules.ts';

const CASES = new Map(
  [...FLAG_CASES, ...MODULE_CASES, ...ISOLATOR_CASES, ...STATE_CASES, ...SURROUNDINGS_CASES].map((one) => [
    one.title,
    one,
  ]),
);
const PAGE = 'docs/dev/mesos-upgrade-rules.md';
const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

/** The borders of the tables, 1.12 (the development branch) and renames left out: those have a rule of their own. */
function borders(): string[] {
  const renamed = new Set(AGENT_FLAGS.flatMap(({ alias }) => alias ?? []));
  const flags = AGENT_FLAGS.flatMap(({ name, since, until, alias }) => [
    ...(since === undefined || since === '1.12.0' || alias !== undefined ? [] : [`flag-new-${name}`]),
    ...(until === undefined || renamed.has(name) ? [] : [`flag-gone-${name}`]),
  ]);
  const isolators = BUILT_IN_ISOLATORS.flatMap(({ name, since }) =>
    since === undefined ? [] : [`iso-new-${name}`],
  );
  return [...flags, ...isolators];
}

test('217 rules: 88 by themselves, 129 borders of flags and isolators, each tried on both sides', () => {
  const entries = Object.values(UPGRADE_RULES);
  expect({
    'rules that are data': entries.filter((one) => typeof one !== 'string' && 'rule' in one).length,
    'cases and near misses': entries.filter((one) => typeof one !== 'string' && 'case' in one).length,
    'tests elsewhere': entries.filter((one) => typeof one !== 'string' && 'test' in one).length,
    'not to be seen from a host': entries.filter((one) => one === 'unseen').length,
    'borders of the tables': new Set(borders()).size,
    all: entries.length + new Set(borders()).size,
  }).toEqual({
    'rules that are data': 29,
    'cases and near misses': 45,
    'tests elsewhere': 12,
    'not to be seen from a host': 2,
    'borders of the tables': 129,
    all: 217,
  });
});

test.each(Object.entries(UPGRADE_RULES))('%s is held by what it names', (id, by) => {
  if (by === 'unseen') {
    expect(read(PAGE)).toContain(`\`${id}\`: `);
  } else if ('rule' in by) {
    expect(RELEASE_RULES.map((rule) => rule.id)).toContain(by.rule);
  } else if ('case' in by) {
    const [triggers, near] = [CASES.get(by.case), CASES.get(by.near)];
    expect(triggers?.expected.length).toBeGreaterThan(0);
    expect(near).toBeDefined();
    expect(near?.expected).not.toEqual(triggers?.expected);
  } else {
    const text = read(by.test).replaceAll("\\'", "'");
    for (const title of by.titles) expect(text).toContain(title);
    expect(by.titles[0]).not.toBe(by.titles[1]);
  }
});

test('every rule that is data has its place in the tally, or says what became of a setting of ours', () => {
  const named = new Set(
    Object.values(UPGRADE_RULES).flatMap((one) =>
      typeof one !== 'string' && 'rule' in one ? [one.rule] : [],
    ),
  );
  const family = (id: string): string => id.replace(/-[\d.]+$/, '');
  const families = new Set([...named].map(family));
  const others = RELEASE_RULES.map(({ id }) => id).filter(
    (id) => !named.has(id) && !families.has(family(id)),
  );
  expect(others.sort()).toEqual([
    'env-ssl-require-name',
    'ep-authn-readonly',
    'iso-added-environment_secret',
    'iso-added-volume/host_path',
    'iso-added-volume/image',
    'iso-added-volume/sandbox_path',
    'log-text-back',
  ]);
});
