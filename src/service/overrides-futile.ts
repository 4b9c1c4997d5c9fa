import { basename } from 'node:path/posix';
import type { Host } from '../host/host.ts';
import { type EnvironmentLayer, variableOf } from './environment-layer.ts';
import { lostAtReboot } from './lost-at-reboot.ts';
import { type JudgedFile, judgeFiles, settersOf } from './override-files.ts';
import type { NoteOn } from './override-note.ts';
import type { Service } from './service.ts';
import { unsetEntries } from './unset-entries.ts';

/** A place that one might think of for an override, and why a value there would not win, or not last. */
export interface FutilePlace {
  /** A path, or the command that one would type. */
  readonly file: string;
  readonly why: string;
}

const MAX_TOO_EARLY = 2;

/**
 * Where an override of an environment variable would be in vain, the likeliest mistakes first: the file that wins
 * today where it is replaced, files that are read too early, `byGenerator` (what the generator's own config refuses),
 * `Environment=` where something read later has the last word, files that would win but do not last, a unit file that
 * is replaced, the manager's own environment, files for logins. Only places that the host or the unit has.
 * Source: systemd.exec(5), "Environment Variables in Spawned Processes"; systemctl(1), set-environment.
 */
export function futilePlaces(
  host: Host,
  service: Service,
  name: string,
  noteOn: NoteOn,
  byGenerator: readonly FutilePlace[] = [],
): FutilePlace[] {
  const judged = judgeFiles(service, name, noteOn);
  const taken = takenAway(service, name);
  if (taken !== undefined) {
    const last = judged.findLast(({ fleeting }) => fleeting === undefined);
    return [
      ...(last === undefined ? [] : [{ file: last.layer.path, why: `read, but ${taken}` }]),
      { file: editedDropIn(service), why: `Environment= there is read, but ${taken}` },
    ];
  }
  const setters = settersOf(service, name, noteOn);
  return [
    ...replaced(judged),
    ...tooEarly(judged, name),
    ...byGenerator,
    ...environmentLine(service, name, setters),
    ...passing(judged),
    ...unitFile(service, name, setters, noteOn),
    setEnvironment(name, setters),
    ...loginFile(host, service),
  ];
}

function replaced(judged: readonly JudgedFile[]): FutilePlace[] {
  return judged
    .filter(({ wins, beatenBy, fleeting }) => wins && beatenBy === undefined && fleeting !== undefined)
    .map(({ layer, fleeting }) => ({ file: layer.path, why: `wins today, but ${fleeting}` }));
}

function passing(judged: readonly JudgedFile[]): FutilePlace[] {
  return judged
    .filter(
      ({ wins, beatenBy, fleeting, layer }) =>
        !wins && beatenBy === undefined && fleeting !== undefined && layer.optional,
    )
    .map(({ layer, fleeting }) => ({ file: layer.path, why: `would win, but ${fleeting}` }));
}

/** Files that nobody would think of, as they are not the operator's and do not set the variable, are left out. */
function tooEarly(judged: readonly JudgedFile[], name: string): FutilePlace[] {
  const early = judged.filter(
    ({ layer, beatenBy, fleeting }) =>
      beatenBy !== undefined && (fleeting === undefined || variableOf(layer, name) !== undefined),
  );
  const likelyFirst = early.toSorted((one, other) => likelihood(other) - likelihood(one));
  return likelyFirst.slice(0, MAX_TOO_EARLY).map(({ layer, beatenBy, fleeting }) => {
    const winner = beatenBy === undefined ? 'another file' : settingPlace(beatenBy, name);
    const also = fleeting === undefined ? '' : `; and ${fleeting}`;
    return { file: layer.path, why: `read before ${winner}, which sets it too${also}` };
  });
}

function likelihood({ layer, note }: JudgedFile): number {
  return (note?.intended === 'operator' ? 2 : 0) + (layer.optional ? 1 : 0);
}

function takenAway(service: Service, name: string): string | undefined {
  const unset = unsetEntries(service).find(({ entry, isLifted }) => entry === name && !isLifted);
  if (unset === undefined) return undefined;
  return `UnsetEnvironment= in ${unset.place.file}:${unset.place.line} takes ${name} away last of all`;
}

/** The drop-in that `systemctl edit` opens. */
const EDITED_DROP_IN = 'override.conf';

function editedDropIn(service: Service): string {
  return `/etc/systemd/system/${service.name}.d/${EDITED_DROP_IN}`;
}

function environmentLine(
  service: Service,
  name: string,
  setters: readonly EnvironmentLayer[],
): FutilePlace[] {
  const file = editedDropIn(service);
  const inFile = setters.findLast(({ kind }) => kind === 'file');
  if (inFile !== undefined) {
    const why = `Environment= there loses to every environment file: ${settingPlace(inFile, name)} sets it`;
    return [{ file, why }];
  }
  const dropIns = service.unit.dropIns.map(({ path }) => path);
  const later = setters.findLast(
    (layer) =>
      layer.kind === 'directive' &&
      dropIns.includes(layer.directive.place.file) &&
      basename(layer.directive.place.file) > EDITED_DROP_IN,
  );
  if (later === undefined) return [];
  return [{ file, why: `read before ${settingPlace(later, name)}, which sets it too` }];
}

function unitFile(
  { unit }: Service,
  name: string,
  setters: readonly EnvironmentLayer[],
  noteOn: NoteOn,
): FutilePlace[] {
  const file = unit.fragment.path;
  const note = noteOn(file);
  const directory = lostAtReboot(file);
  const isVendors = note?.survives === false || /^\/(?:usr\/)?lib\//.test(file);
  if (directory === undefined && !isVendors) return [];
  const owner = note?.owner ?? 'a package';
  const fate =
    directory === undefined
      ? `belongs to ${owner}, ${note?.purpose ?? 'replaced when that is upgraded'}`
      : `is lost: ${directory} is empty after every boot`;
  const inFile = setters.findLast(({ kind }) => kind === 'file');
  if (inFile === undefined) return [{ file, why: `Environment= there would win, but the file ${fate}` }];
  return [{ file, why: `Environment= there loses to ${settingPlace(inFile, name)}; and the file ${fate}` }];
}

/** What follows from `User=` and from the directories of the unit is set for the service after the manager's own. */
const OF_THE_UNIT = /^the (?:user|directories) of the service$/;

function setEnvironment(name: string, setters: readonly EnvironmentLayer[]): FutilePlace {
  const stronger = setters.findLast((layer) => layer.kind !== 'default' || OF_THE_UNIT.test(layer.rule));
  const file = `systemctl set-environment ${name}=…`;
  if (stronger === undefined) {
    return {
      file,
      why: 'wins in every service that starts after it, not in this one alone, and is gone after a reboot',
    };
  }
  return { file, why: `loses to ${settingPlace(stronger, name)}, and is gone after a reboot` };
}

function loginFile(host: Host, { unit, environment }: Service): FutilePlace[] {
  const file = '/etc/environment';
  const isNamed = environment.layers.some((layer) => layer.kind === 'file' && layer.path === file);
  const pam = unit.assignments.findLast(({ section, key }) => section === 'Service' && key === 'PAMName');
  if (isNamed || (pam !== undefined && pam.value.length > 0)) return [];
  if (host.stat(file)?.type !== 'file') return [];
  return [{ file, why: 'read for logins, as shell profiles are; systemd does not read it for a service' }];
}

/** Where a layer sets the variable, as `file:line`. */
function settingPlace(layer: EnvironmentLayer, name: string): string {
  const place = variableOf(layer, name)?.place;
  if (place !== undefined) return `${place.file}:${place.line}`;
  if (layer.kind === 'file') return layer.path;
  return layer.kind === 'default' ? layer.rule : 'the unit';
}
