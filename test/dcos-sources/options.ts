import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CouldNotRun } from '../../src/documents/could-not-run.ts';

export const USAGE = `npm run test:dcos -- --sources DIR [--expected DIR]

Evaluates the DC/OS generator in a checkout and compares with what the real one computed.

  --sources DIR   a checkout of dcos/dcos, or a directory that holds its gen/
  --expected DIR  what the real generator computed for that version: <config>/{user_arguments,arguments,
                  provenance,raw.sha256,rendered.sha256}.json and errors.json
                  left out: two configs of our own are evaluated, nothing is compared
`;

export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly sources: string; readonly expected: string | undefined };

/** Paths are made absolute against `directory`. Throws `CouldNotRun`. */
export function readOptions(args: readonly string[], directory: string): Options {
  const { values } = parsed(args);
  if (values.help === true) return { kind: 'help' };
  if (values.sources === undefined) throw new CouldNotRun(`--sources is missing\n\n${USAGE}`);
  return {
    kind: 'run',
    sources: resolve(directory, values.sources),
    expected: values.expected === undefined ? undefined : resolve(directory, values.expected),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        sources: { type: 'string' },
        expected: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CouldNotRun(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
