// Running agents, what shall take their place, and what check must say: nothing more and nothing less.
import { describe, expect, test } from 'vitest';
import { type AgentSetup, findingsOf } from '../../../mesos-case.ts';
import { hasCompiler } from '../../../small-elf.ts';
import { FLAG_CASES } from './flags.ts';
import { ISOLATOR_CASES } from './isolators.ts';
import type { MesosCase } from './mesos-case.ts';
import { MODULE_CASES } from './modules.ts';
import { STATE_CASES } from './state.ts';
import { SURROUNDINGS_CASES } from './surroundings.ts';

describe.skipIf(!hasCompiler)('an agent in the place of another', () => {
  test.each(['7.0.0', '0.31.0', '1.99.0'])('nothing is said of a release %s that nobody made', (release) => {
    expect(() => findingsOf({ release: '1.4.0' }, { release })).toThrow(
      `says Mesos ${release}, which is none of the releases known here (0.23 to 1.11)`,
    );
  });

  describe.each([
    ['flags', FLAG_CASES],
    ['modules', MODULE_CASES],
    ['isolators and containerizers', ISOLATOR_CASES],
    ['state', STATE_CASES],
    ['surroundings', SURROUNDINGS_CASES],
  ])('%s', (_, cases) => {
    test.each([...cases])(
      '$title ($from to $to): $because',
      ({ from, to, both = {}, change = {}, expected, unsaid = [] }: MesosCase) => {
        const today: AgentSetup = { release: from, ...both };
        const files = { ...both.files, ...change.files };
        const tomorrow: AgentSetup = { ...both, ...change, release: to, files };
        const said = findingsOf(today, tomorrow).map(
          ({ severity, id, subject, reason }) => [severity, id, `${subject}: ${reason}`] as const,
        );
        const left = said.filter(([severity, id, text]) => {
          const fits = expected.some(
            ([of, check, part]) => of === severity && check === id && text.includes(part),
          );
          return severity !== 'note' && !fits;
        });
        const missing = expected.filter(
          ([severity, id, part]) =>
            !said.some((one) => one[0] === severity && one[1] === id && one[2].includes(part)),
        );
        const tooMuch = unsaid.filter(([severity, id, part]) =>
          said.some((one) => one[0] === severity && one[1] === id && one[2].includes(part)),
        );
        expect(tooMuch).toEqual([]);
        expect({ left, missing, ...(missing.length > 0 ? { said } : {}) }).toEqual({ left: [], missing: [] });
      },
    );
  });
});
