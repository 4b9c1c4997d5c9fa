import { readWords } from '../formats/command-line/read-words.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';
import type { LoadedUnit } from './load-unit.ts';
import { expandSpecifiers } from './specifiers.ts';

/** A path that a directive of a unit names for itself: neither a command's word nor a directory that systemd makes. */
export interface NamedFile {
  readonly directive: string;
  readonly path: string;
  readonly place: Place;
  /** The unit starts without it. */
  readonly optional: boolean;
  /** Where the service sees it, when that is another path. */
  readonly boundAt?: string;
}

/**
 * The paths that directives of [Unit] and [Service] name, of the lines that count: an empty one takes back those before it, and of a
 * directive with one value the last counts. Source: systemd.exec(5), systemd.unit(5), systemd.resource-control(5) of systemd 252.
 */
export function namedFiles(host: Host, unit: LoadedUnit): readonly NamedFile[] {
  const found = new Map<string, NamedFile[]>();
  for (const assignment of unit.assignments) {
    const { key } = assignment;
    const reader = READERS[`${assignment.section}.${key}`];
    if (reader === undefined) continue;
    const before = assignment.value.length === 0 || reader.isOne ? [] : (found.get(key) ?? []);
    found.set(key, [...before, ...pathsOf(host, unit, assignment, reader)]);
  }
  return [...found.values()].flat();
}

type Read = (word: string) => Pick<NamedFile, 'path' | 'boundAt'> & { readonly optional?: boolean };

interface Reader {
  /** The last line counts alone. */
  readonly isOne: boolean;
  /** The value is one text, blanks and all. */
  readonly isWhole: boolean;
  readonly read: Read;
}

function pathsOf(
  host: Host,
  unit: LoadedUnit,
  { key, value, place }: Assignment,
  reader: Reader,
): NamedFile[] {
  const { text } = expandSpecifiers(host, unit.name, value);
  const words = reader.isWhole ? [text] : readWords(text, 'list').words.map((word) => word.text);
  return words.flatMap((word): NamedFile[] => {
    const { path, optional = false, ...rest } = reader.read(word.toString());
    const clean = path.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
    return clean.startsWith('/') ? [{ directive: key, path: clean, place, optional, ...rest }] : [];
  });
}

const plain: Read = (word) => {
  const [prefix = ''] = /^[-+]*/.exec(word) ?? [];
  return { path: word.slice(prefix.length), optional: prefix.includes('-') };
};

/** `-/source:/destination:rbind` */
const bound: Read = (word) => {
  const optional = word.startsWith('-');
  const [path = '', to = ''] = word.slice(optional ? 1 : 0).split(':');
  return { path, optional, ...(to === '' || to === path ? {} : { boundAt: to }) };
};

/** `|!/path`: whether it is there is what is asked. */
const condition: Read = (word) => ({ path: word.replace(/^[|!\s]+/, ''), optional: true });

/** `file:/path`, `append:/path`; made where it is missing, but for the input. */
const stream: Read = (word) => ({ path: /^(?:file|append|truncate):(.*)$/s.exec(word)?.[1] ?? '' });

/** `name:/path`: of a name that is no path systemd looks in its own directories. */
const behindName: Read = (word) => ({ path: word.slice(word.indexOf(':') + 1) });

/** `/path:options` */
const beforeColon: Read = (word) => ({ path: word.split(':')[0] ?? '' });

const READERS: Readonly<Record<string, Reader>> = Object.fromEntries([
  ...readers('Service', 'RootDirectory RootImage RootVerity NetworkNamespacePath IPCNamespacePath TTYPath', {
    isOne: true,
    isWhole: true,
    read: plain,
  }),
  ...readers('Service', 'WorkingDirectory', { isOne: true, isWhole: true, read: plain }),
  ...readers('Service', 'RootHash RootHashSignature', { isOne: true, isWhole: true, read: plain }),
  ...readers('Service', 'StandardInput', { isOne: true, isWhole: true, read: stream }),
  ...readers('Service', 'StandardOutput StandardError', {
    isOne: true,
    isWhole: true,
    read: (word) => ({ ...stream(word), optional: true }),
  }),
  ...readers(
    'Service',
    `ReadWritePaths ReadOnlyPaths InaccessiblePaths ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories ExecPaths
    NoExecPaths ExtensionDirectories IPIngressFilterPath IPEgressFilterPath`,
    { isOne: false, isWhole: false, read: plain },
  ),
  ...readers('Service', 'BindPaths BindReadOnlyPaths MountImages', {
    isOne: false,
    isWhole: false,
    read: bound,
  }),
  ...readers('Service', 'ExtensionImages TemporaryFileSystem OpenFile', {
    isOne: false,
    isWhole: false,
    read: (word) => ({ ...beforeColon(word.replace(/^-/, '')), optional: word.startsWith('-') }),
  }),
  ...readers('Service', 'LoadCredential LoadCredentialEncrypted', {
    isOne: false,
    isWhole: true,
    read: behindName,
  }),
  ...readers('Service', 'DeviceAllow', {
    isOne: false,
    isWhole: true,
    read: (word) => ({ path: word.split(/\s/)[0] ?? '', optional: true }),
  }),
  ...readers('Unit', 'RequiresMountsFor', { isOne: false, isWhole: false, read: plain }),
  ...readers('Unit', 'SourcePath', { isOne: true, isWhole: true, read: plain }),
  ...['Condition', 'Assert'].flatMap((prefix) =>
    readers(
      'Unit',
      'PathExists PathExistsGlob PathIsDirectory PathIsSymbolicLink PathIsMountPoint PathIsReadWrite PathIsEncrypted DirectoryNotEmpty FileNotEmpty FileIsExecutable'
        .split(' ')
        .map((name) => `${prefix}${name}`)
        .join(' '),
      { isOne: false, isWhole: true, read: condition },
    ),
  ),
]);

function readers(section: string, directives: string, reader: Reader): [string, Reader][] {
  return directives.split(/\s+/).map((directive) => [`${section}.${directive}`, reader]);
}
