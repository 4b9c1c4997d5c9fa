import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What the real loader says of one file. */
export interface LoaderSays {
  /** Each library in the order of loading: the name asked for and the path taken, or `not found`. */
  readonly libraries: readonly (readonly [name: string, path: string])[];
  /** `symbol` or `symbol, version V`, and the object that needs it. */
  readonly undefinedSymbols: readonly string[];
  /** What else it says: `statically linked`, errors. */
  readonly other: readonly string[];
}

export const LOADER = '/lib64/ld-linux-x86-64.so.2';

const SCRIPT = `for file; do echo "=== $file"; LD_TRACE_LOADED_OBJECTS=1 LD_BIND_NOW=1 LD_WARN=1 ${LOADER} "$file" 2>&1 </dev/null; done`;
const AT_ONCE = 64;

/** Asks the loader itself about many files, as ldd(1) with -r does, two at a time. Nothing is executed. */
export async function traceAll(files: readonly string[]): Promise<ReadonlyMap<string, LoaderSays>> {
  const answers = new Map<string, LoaderSays>();
  const chunks = Array.from({ length: Math.ceil(files.length / AT_ONCE) }, (_, index) =>
    files.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  const next = async (): Promise<void> => {
    for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
      const { stdout } = await promisify(execFile)('sh', ['-c', SCRIPT, 'sh', ...chunk], {
        env: { LC_ALL: 'C', PATH: process.env['PATH'] },
        maxBuffer: 1 << 28,
      });
      for (const part of stdout.split(/^=== /m).slice(1)) {
        const [file = '', ...lines] = part.split('\n');
        answers.set(file, loaderSays(lines));
      }
    }
  };
  await Promise.all([next(), next()]);
  return answers;
}

export function loaderSays(lines: readonly string[]): LoaderSays {
  const libraries: (readonly [string, string])[] = [];
  const undefinedSymbols: string[] = [];
  const other: string[] = [];
  for (const line of lines.map((text) => text.trim())) {
    const found = /^(?:(\S+) => )?(\S.*) \(0x[0-9a-f]+\)$/.exec(line);
    const missing = /^(.*) => not found$/.exec(line);
    const symbol = /^undefined symbol: (.*?)\t\((.*)\)$/.exec(line);
    if (line === '' || line.startsWith('linux-vdso.so.1')) continue;
    if (found?.[2] !== undefined) libraries.push([found[1] ?? found[2], found[2]]);
    else if (missing?.[1] !== undefined) libraries.push([missing[1], 'not found']);
    else if (symbol !== null) undefinedSymbols.push(`${symbol[1]} of ${symbol[2]}`);
    else other.push(line);
  }
  return { libraries, undefinedSymbols, other };
}
