import { spawnSync } from 'node:child_process';
import { sample } from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import type { PyValue } from '../../../src/formats/python/value.ts';
import { program } from './program-arbitrary.ts';

/** Prints, for each program of a JSON list, what it appended to `out`. */
const EXECUTE = `
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512 * 1024 * 1024, 512 * 1024 * 1024))
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
def outcome(program):
    names = {'__name__': 'calc'}
    exec(program, names)
    return names['out']
json.dump([outcome(program) for program in json.load(sys.stdin)], sys.stdout)
`;

const version = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const hasPython = version.status === 0;
const title = hasPython
  ? `programs come out as in ${version.stdout.trim()}, and each character stands where its origin says`
  : 'SKIPPED: without python3 nothing compares our programs with CPython';

if (!hasPython) console.warn(title);

test.skipIf(!hasPython)(
  title,
  () => {
    const seed = Number(process.env['CUTOVER_SEED'] ?? Date.now() % 2 ** 31);
    const programs = sample(program(), { numRuns: 150, seed });
    const { stdout, stderr, signal } = spawnSync('python3', ['-W', 'ignore', '-c', EXECUTE], {
      input: JSON.stringify(programs),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
    });
    expect({ stderr, signal }, `seed ${seed}`).toEqual({ stderr: '', signal: null });
    const theirs: unknown = JSON.parse(stdout);
    if (!Array.isArray(theirs)) throw new Error('python3 printed no list');
    const differences = programs.flatMap((source, index) => {
      const our = outcomes(source);
      const their: unknown = theirs[index];
      const at = Array.isArray(their) ? their.findIndex((text, line) => text !== our[line]) : 0;
      return at === -1 && Array.isArray(their) && their.length === our.length
        ? []
        : [{ seed, source, our: our[at], their: Array.isArray(their) ? their[at] : undefined }];
    });
    expect(differences.slice(0, 3), `${differences.length} of ${programs.length}`).toEqual([]);
  },
  90_000,
);

/** What our evaluation appended to `out`; a misplaced slice is told in place of its text. */
function outcomes(source: string): readonly string[] {
  const out = evaluateModule('calc.py', source, {}).global('out');
  if (out?.kind !== 'list') return [shown(out, source)];
  if (out.cell.spoiled !== undefined) return [shown(out.cell.spoiled, source)];
  return out.cell.items.map((item) => shown(item, source));
}

function shown(value: PyValue | undefined, source: string): string {
  if (value?.kind === 'unknown') return `unknown: ${value.place.line}:${value.place.column} ${value.reason}`;
  if (value?.kind !== 'str') return `not a string: ${value?.kind}`;
  const lines = source.split('\n');
  for (const { text, origin } of value.text.slices) {
    if (origin.kind !== 'literal' || !origin.verbatim) continue;
    const { line, column } = origin.place;
    const there = lines
      .slice(line - 1)
      .join('\n')
      .slice(column - 1, column - 1 + text.length);
    if (there !== text) return `misplaced: ${JSON.stringify(text)} is not at ${line}:${column}, but ${there}`;
  }
  return value.text.toString();
}
