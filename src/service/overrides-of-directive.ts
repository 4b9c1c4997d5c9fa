import { basename } from 'node:path/posix';
import type { TraceOverride } from '../documents/trace.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import { dropInPath } from './drop-in-path.ts';
import { lostAtReboot } from './lost-at-reboot.ts';
import type { NoteOn } from './override-note.ts';
import type { FutilePlace } from './overrides-futile.ts';
import type { Service } from './service.ts';
import { isReadLater } from './unset-entries.ts';
import { shellWord } from '../text/shell-word.ts';

/** How the assignments of a directive add up. */
export type DirectiveKind = 'single' | 'list' | 'dependency';

/** A directive of a unit, with all names that it has. */
export interface DirectiveLines {
  /** The name to write. */
  readonly name: string;
  readonly kind: DirectiveKind;
  /** The lines that systemd takes, in the order it reads them. */
  readonly lines: readonly Assignment[];
  /** Those of `lines` of a list that drop what stands before them. */
  readonly resets: readonly Assignment[];
}

export interface DirectiveOverrides {
  readonly overrides: TraceOverride[];
  readonly futileOverrides: FutilePlace[];
}

/**
 * Where an operator's own value of a directive would win, best first, and where it would not, or not last. Files of a
 * unit are read in the order of the drop-ins' names; dependencies can be added in a drop-in, never taken away.
 * Source: systemd.unit(5).
 */
export function overridesOfDirective(
  service: Service,
  { name, kind, lines, resets }: DirectiveLines,
  noteOn: NoteOn,
): DirectiveOverrides {
  const decisive = kind === 'single' ? lines : kind === 'list' ? resets : [];
  const beaten = decisive.findLast((line) => isReadLater(service, line.place.file));
  const copy = kind === 'dependency' && lines.length > 0 ? [wholeUnit(service, name, noteOn)] : [];
  return {
    overrides: [
      ...(beaten === undefined
        ? [ownDropIn(service, lines, kind, name)]
        : inLaterDropIn(service, beaten, noteOn)),
      ...copy.filter((place) => place !== undefined),
    ],
    futileOverrides: [
      ...passing(lines, kind),
      ...edited(service, decisive, kind),
      ...vendorsUnit(service, noteOn),
    ],
  };
}

function ownDropIn(
  service: Service,
  lines: readonly Assignment[],
  kind: DirectiveKind,
  key: string,
): TraceOverride {
  const file = dropInPath(service.name);
  const install = lines.some(({ section }) => section === 'Install');
  const how = {
    single: 'a drop-in is read after the unit file; the last line counts',
    list: `a drop-in adds to it; write ${key}= first to drop what is there`,
    dependency: 'a drop-in adds to it; what is there can not be taken away by one',
  }[kind];
  return {
    file,
    exists: service.unit.dropIns.some(({ path }) => path === file),
    survives: true,
    why: install ? `${how}; it takes effect with systemctl reenable ${shellWord(service.name)}` : how,
  };
}

/** A drop-in with a later name has the last word: there, or where it is not the operator's in one that hides it. */
function inLaterDropIn(service: Service, { place }: Assignment, noteOn: NoteOn): TraceOverride[] {
  const name = basename(place.file);
  const own = `/etc/systemd/system/${service.name}.d/${name}`;
  const isOperators = place.file.startsWith('/etc/') && noteOn(place.file)?.survives !== false;
  if (isOperators) {
    const why = `line ${place.line} of it has the last word; a drop-in must have a name that sorts after ${name} to beat it`;
    return [{ file: place.file, exists: true, survives: true, why }];
  }
  if (place.file === own) return [];
  return [{ file: own, exists: false, survives: true, why: `hides ${place.file}, which has the last word` }];
}

function wholeUnit({ name, unit }: Service, key: string, noteOn: NoteOn): TraceOverride | undefined {
  const file = `/etc/systemd/system/${name}`;
  const exists = unit.fragment.path === file;
  if (exists && noteOn(file)?.survives === false) return undefined;
  const why = exists
    ? `the unit file itself: the only place where something of ${key}= can be taken away`
    : `a copy of ${unit.fragment.path}, which it hides: the only way to take something of ${key}= away; it does not follow when the original is upgraded`;
  return { file, exists, survives: true, why };
}

function passing(lines: readonly Assignment[], kind: DirectiveKind): FutilePlace[] {
  const inForce = kind === 'single' ? lines.slice(-1) : lines;
  const files = new Set(inForce.map(({ place }) => place.file));
  return [...files].flatMap((file) => {
    const directory = file.endsWith('.conf') ? lostAtReboot(file) : undefined;
    return directory === undefined
      ? []
      : [{ file, why: `counts today, but ${directory} is empty after every boot` }];
  });
}

/** The drop-in that `systemctl edit` opens, where a later one undoes what it says. */
function edited(service: Service, lines: readonly Assignment[], kind: DirectiveKind): FutilePlace[] {
  const name = 'override.conf';
  const dropIns = service.unit.dropIns.map(({ path }) => path);
  const later = lines.findLast(({ place }) => dropIns.includes(place.file) && basename(place.file) > name);
  if (later === undefined) return [];
  const what = kind === 'single' && later.value.length > 0 ? 'sets it too' : 'resets it';
  return [
    {
      file: `/etc/systemd/system/${service.name}.d/${name}`,
      why: `read before ${later.place.file}:${later.place.line}, which ${what}`,
    },
  ];
}

function vendorsUnit({ unit }: Service, noteOn: NoteOn): FutilePlace[] {
  const { path } = unit.fragment;
  const note = noteOn(path);
  if (lostAtReboot(path) !== undefined) {
    return [{ file: path, why: `it is lost: ${lostAtReboot(path)} is empty after every boot` }];
  }
  if (note?.survives !== false && !/^\/(?:usr\/)?lib\//.test(path)) return [];
  return [
    {
      file: path,
      why: `belongs to ${note?.owner ?? 'a package'}, ${note?.purpose ?? 'replaced when that is upgraded'}`,
    },
  ];
}
