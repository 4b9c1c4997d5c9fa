import { CouldNotRun } from '../documents/could-not-run.ts';
import { shellWord } from '../text/shell-word.ts';

/** What `inspect` can be asked about; undefined for what it is not. */
interface Asked {
  readonly service: string | undefined;
  readonly libraries: readonly string[] | undefined;
  readonly path: string | undefined;
}

/** `inspect` answers about one thing at a time. Throws `CouldNotRun` where the command line names several. */
export function refuseSeveralSubjects({ service, libraries, path }: Asked): void {
  const subjects = [
    ...(service === undefined ? [] : [{ what: service, command: `cutover inspect ${shellWord(service)}` }]),
    ...(libraries === undefined
      ? []
      : [{ what: 'files (--libraries)', command: 'cutover inspect --libraries FILE|DIRECTORY…' }]),
    ...(path === undefined ? [] : [{ what: 'a file (--path)', command: 'cutover inspect --path FILE' }]),
  ];
  if (subjects.length < 2) return;
  throw new CouldNotRun(`inspect is asked about ${subjects.map(({ what }) => what).join(' and about ')}`, {
    next: subjects.map(({ command }) => command).join(', or '),
  });
}
