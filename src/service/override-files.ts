import { type EnvironmentLayer, type FileLayer, variableOf } from './environment-layer.ts';
import { lostAtReboot } from './lost-at-reboot.ts';
import type { NoteOn, OverrideNote } from './override-note.ts';
import type { Service } from './service.ts';

/** An environment file of a service, judged as a place for an operator's own value of one variable. */
export interface JudgedFile {
  readonly layer: FileLayer;
  readonly note: OverrideNote | undefined;
  /** It gives the variable the value that the process receives. */
  readonly wins: boolean;
  /** The file read after it that has the last word. */
  readonly beatenBy: FileLayer | undefined;
  /** Why a value there would not last, though it would win. */
  readonly fleeting: string | undefined;
}

/**
 * The environment files in force, in the order in which they are read; of a file that is read twice the last
 * reading counts. A pattern that matches nothing names no file.
 */
export function judgeFiles(service: Service, name: string, noteOn: NoteOn): JudgedFile[] {
  const files = filesInForce(service);
  const winner = service.environment.effective.get(name)?.layer;
  return files
    .filter((layer, index) => files.findLastIndex(({ path }) => path === layer.path) === index)
    .map((layer) => {
      const later = files.slice(files.indexOf(layer) + 1);
      const beatenBy = later.findLast((other) => setsVariable(other, name, noteOn));
      const note = noteOn(layer.path);
      return { layer, note, wins: layer === winner, beatenBy, fleeting: fleeting(layer.path, note) };
    });
}

/** Whether a file gives the variable a value, today or once the program has run that writes it. */
function setsVariable(layer: FileLayer, name: string, noteOn: NoteOn): boolean {
  return variableOf(layer, name) !== undefined || noteOn(layer.path)?.sets?.(name) === true;
}

/** The layers in force that give the variable a value, lowest first. */
export function settersOf({ environment }: Service, name: string, noteOn: NoteOn): EnvironmentLayer[] {
  return environment.layers.filter((layer) => {
    if ('resetBy' in layer && layer.resetBy !== undefined) return false;
    return layer.kind === 'file' ? setsVariable(layer, name, noteOn) : variableOf(layer, name) !== undefined;
  });
}

function filesInForce({ environment }: Service): FileLayer[] {
  return environment.layers.filter(
    (layer): layer is FileLayer =>
      layer.kind === 'file' && layer.resetBy === undefined && layer.pattern === undefined,
  );
}

function fleeting(path: string, note: OverrideNote | undefined): string | undefined {
  if (note?.blocked !== undefined) return `it ${note.blocked}`;
  if (note?.rewritten !== undefined) return note.rewritten;
  if (note?.survives === false) {
    const reasons = [note.owner === undefined ? undefined : `belongs to ${note.owner}`, note.purpose];
    const known = reasons.filter((reason) => reason !== undefined).join(', ');
    return `does not survive an upgrade${known === '' ? '' : `: ${known}`}`;
  }
  const directory = lostAtReboot(path);
  return directory === undefined ? undefined : `${directory} is empty after every boot`;
}
