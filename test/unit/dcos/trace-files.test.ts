// Where each character of the files that the generator made for a DC/OS 1.7 node comes from.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type FileTraceSlice, fileTraceSchema } from '../../../src/documents/file-trace.ts';
import { KnownHost } from '../../../src/graph/known-host.ts';
import { RememberingHost } from '../../../src/host/remembering-host.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { allKnowledge } from '../../../src/knowledge/all-knowledge.ts';
import { traceFile } from '../../../src/trace/file/trace-file.ts';
import { dcosAgentLayer } from '../../dcos/dcos-agent-layer.ts';

const PACKAGES = '/opt/mesosphere/packages';

let root: string;
let known: KnownHost;
/** The files of the generator's packages with their lines, as seen inside the root. */
let files: { path: string; lines: string[] }[];

beforeAll(async () => {
  root = await dcosAgentLayer();
  known = new KnownHost(new RememberingHost(new RootedHost(root)), { knowledge: allKnowledge });
  files = readdirSync(`${root}${PACKAGES}`)
    .filter((name) => name.includes('--setup_'))
    .flatMap((name) =>
      readdirSync(`${root}${PACKAGES}/${name}`, { recursive: true, encoding: 'utf8' }).map(
        (path) => `${name}/${path}`,
      ),
    )
    .filter((path) => statSync(`${root}${PACKAGES}/${path}`).isFile())
    .map((path) => ({
      path: `${PACKAGES}/${path}`,
      lines: readFileSync(`${root}${PACKAGES}/${path}`, 'utf8').split('\n').slice(0, -1),
    }))
    .filter(({ lines }) => lines.length > 0);
}, 120_000);

const trace = (path: string, line: number, column?: number) =>
  traceFile(known, { path, line, ...(column === undefined ? {} : { column }) }, { showSecrets: true });

test('every line of every file is the sum of its slices, and nearly all of them have an origin', () => {
  let all = 0;
  let unknown = 0;
  for (const { path, lines } of files) {
    for (const [index, text] of lines.entries()) {
      const { slices } = trace(path, index + 1);
      expect(slices.map((slice) => slice.text).join('')).toBe(`${text}\n`);
      for (const slice of slices) {
        all += slice.text.length;
        if (slice.origin.kind === 'unknown') unknown += slice.text.length;
      }
    }
  }
  expect(all).toBeGreaterThan(3000);
  expect(unknown / all).toBeLessThanOrEqual(0.005);
}, 60_000);

test('any character: one slice, which holds it, and which stands so where it is said to be written', () => {
  const anywhere = fc.constantFrom(...files).chain(({ path, lines }) =>
    fc.integer({ min: 1, max: lines.length }).chain((line) =>
      fc.record({
        path: fc.constant(path),
        line: fc.constant(line),
        text: fc.constant(lines[line - 1] ?? ''),
        column: fc.integer({ min: 1, max: (lines[line - 1] ?? '').length + 1 }),
      }),
    ),
  );
  fc.assert(
    fc.property(anywhere, ({ path, line, text, column }) => {
      const { slices, ...rest } = fileTraceSchema.parse(trace(path, line, column));
      expect(slices).toHaveLength(1);
      const [slice] = slices;
      if (slice === undefined) return;
      expect(`${text}\n`.slice(slice.from, slice.to)).toBe(slice.text);
      expect(slice.from < column && column <= slice.to).toBe(true);
      expect(rest.generated?.rerender.result).toBe('identical');
      if (slice.origin.kind === 'literal' && PLAIN.test(slice.text)) {
        expect(writtenAt(slice.origin).slice(0, slice.text.length)).toBe(slice.text);
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);

/** What no language writes in another way than it reads. */
const PLAIN = /^[\w/.,:-]+$/;

/** What stands at the place that an origin names, to the end of its line. */
function writtenAt({ file, line, column }: FileTraceSlice['origin']): string {
  if (file === undefined || line === undefined || column === undefined) return '';
  const text = readFileSync(`${root}${file}`, 'utf8').split('\n')[line - 1] ?? '';
  return text.slice(column - 1);
}
