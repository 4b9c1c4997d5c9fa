import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import type { DropIn } from './drop-in.ts';
import { planArchive } from './plan-archive.ts';
import { scanReplacement } from './scan-replacement.ts';
import type { Spec } from './spec.ts';
import type { StepOfKind } from './step-duties.ts';
import { storePathOf } from './store-path.ts';
import { shellWord } from '../text/shell-word.ts';

export interface PlannedReplacement {
  readonly store: StepOfKind<'store-add' | 'store-unpack'>;
  readonly dropIn: Pick<DropIn, 'binds' | 'execStart'>;
}

/**
 * A replacement that names its own directory in its files (a build tree) must stay where it is: its copy in
 * the store is bound over that directory, for the service alone. Any other is started from the store.
 * Throws `CouldNotRun` for a replacement that can't be used.
 */
export function planReplacement(
  host: Host,
  { directory, archive, command }: NonNullable<Spec['replacement']>,
): PlannedReplacement {
  if (archive !== undefined) {
    const store = planArchive(host, typeof archive === 'string' ? [archive] : archive, command);
    return { store, dropIn: { binds: [], execStart: `${store.storePath}/${command}` } };
  }
  if (directory === undefined) throw new TypeError('a replacement is a directory or an archive');
  return planDirectory(host, directory, command);
}

function planDirectory(host: Host, directory: string, command: string): PlannedReplacement {
  const facts = host.stat(directory);
  if (facts?.type !== 'directory') {
    throw new CouldNotRun(
      `the replacement ${directory} ${facts === undefined ? 'does not exist' : 'is no directory'}`,
      facts?.type === 'file' ? { next: 'An archive goes under replacement: archive:' } : {},
    );
  }
  refuseProgram(host, directory, command);
  const source = host.realPath(directory) ?? directory;
  const scan = scanReplacement(host, source, formsOf(directory));
  const [problem] = scan.problems;
  if (problem !== undefined) throw notKept(problem);
  const { digest, files, bytes } = scan;
  const storePath = storePathOf(digest);
  const bound = scan.namesItself.length > 0;
  if (bound) refuseBlank(directory, scan.namesItself);
  return {
    store: { kind: 'store-add', source, digest, files, bytes, storePath },
    dropIn: {
      binds: bound ? [`${storePath}:${directory}`] : [],
      execStart: `${bound ? directory : storePath}/${command}`,
    },
  };
}

/** A blank in a unit file needs escapes that differ from directive to directive. */
function refuseBlank(directory: string, [file = '']: readonly string[]): void {
  if (!directory.includes(' ')) return;
  throw new CouldNotRun(`${directory} has a blank, which a unit file can't name safely`, {
    why: `${directory}/${file} names the directory, so the unit must bind what is kept of it over that path.`,
    next: 'Build it in a directory without a blank.',
  });
}

/** As a script or an address may write it, too. */
function formsOf(directory: string): string[] {
  return [...new Set([directory, directory.replaceAll(' ', '\\ '), directory.replaceAll(' ', '%20')])];
}

function notKept(problem: string): CouldNotRun {
  const what = `the replacement can't be kept: ${problem}`;
  if (!/ is set-(user|group)-ID$/.test(problem)) return new CouldNotRun(what);
  return new CouldNotRun(what, {
    why: 'The store belongs to root and everybody may read it: a program in it that makes its caller root would do so for all.',
    next: 'Take the bit away (chmod ug-s), or leave the file out and use the one that is installed.',
  });
}

function refuseProgram(host: Host, directory: string, command: string): void {
  const [name = ''] = command.split(/\s/);
  const program = `${directory}/${name}`;
  const facts = host.stat(program);
  const next = `command: is relative to ${directory}.`;
  if (facts?.type !== 'file')
    throw new CouldNotRun(`the replacement has no program ${name}: ${program} does not exist`, { next });
  if ((facts.mode & 0o111) === 0)
    throw new CouldNotRun(`${program} is not executable`, { next: `chmod +x ${shellWord(program)}` });
}
