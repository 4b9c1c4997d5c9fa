import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { errorMessage } from '../text/error-message.ts';

/** Writes a file that its owner alone may read, whatever stood there before. */
export function writeOutputFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { flag: 'wx', mode: 0o600 });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new CouldNotRun(`${path} can't be written: ${errorMessage(error)}`);
  }
}
