import { readFileSync, statSync } from 'node:fs';
import { CouldNotRun } from '../documents/could-not-run.ts';

const SIZE_LIMIT = 64 * 1024 * 1024;

/** The text of a file that the command line names. */
export function readInputFile(path: string, what: string): string {
  try {
    const facts = statSync(path);
    const { size } = facts;
    // A pipe would block until somebody writes into it.
    if (!facts.isFile() && !facts.isDirectory()) throw new CouldNotRun(`${path} is no regular file`);
    if (size > SIZE_LIMIT) throw new CouldNotRun(`${path} has ${size} bytes, too many for ${what}`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof CouldNotRun) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CouldNotRun(`${path} can't be read as ${what}: ${REASONS[code] ?? code}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};
