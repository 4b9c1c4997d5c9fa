import { CouldNotRun } from '../../../documents/could-not-run.ts';
import { placesIn } from '../../../text/places-in.ts';
import { type JsonNode, memberOf, parseJson } from '../../../formats/json/parse-json.ts';
import type { Host } from '../../../host/host.ts';
import { type Place, showPlace } from '../../../text/place.ts';
import type { AgentFlags, GivenFlag } from '../flags/agent-flags.ts';

/** One library of a modules JSON, as asked for. */
export interface AskedLibrary {
  /** What dlopen(3) gets: a path, or a name to be searched. */
  readonly file: string;
  readonly place: Place;
  readonly modules: readonly AskedModule[];
}

export interface AskedModule {
  readonly name: string;
  /** The first character of the name. */
  readonly place: Place;
  readonly parameters: readonly ModuleParameter[];
}

export interface ModuleParameter {
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

/** A source of modules: a JSON file, or a flag that holds the JSON itself. */
export interface ModulesSource {
  readonly path: string | undefined;
  readonly flag: GivenFlag;
  readonly libraries: readonly AskedLibrary[];
}

const FILE_SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * The libraries and modules that `--modules` and `--modules_dir` (1.0.0) name, in the order they are loaded.
 * Throws `CouldNotRun` for JSON that the agent refuses. Source: include/mesos/module/module.proto,
 * src/module/manager.cpp of Mesos 0.28.1, 1.0.0 and 1.11.0.
 */
export function readModules(host: Host, flags: AgentFlags): ModulesSource[] {
  const sources: ModulesSource[] = [];
  const modules = flags.given.get('modules');
  if (modules !== undefined) {
    const path = modules.file?.path;
    if (modules.file !== undefined && modules.file.content === undefined)
      throw unreadable(modules, modules.file.path);
    const placeAt = path === undefined ? modules.placeAt : placesIn(path, modules.value);
    sources.push({ path, flag: modules, libraries: librariesIn(modules.value, placeAt, modules) });
  }
  const directory = flags.given.get('modules_dir');
  for (const name of (directory && host.list(directory.value)) ?? []) {
    if (directory === undefined) break;
    const path = `${directory.value}/${name}`;
    if (host.stat(path)?.type !== 'file') throw unreadable(directory, path);
    const text = new TextDecoder().decode(host.readFile(path, FILE_SIZE_LIMIT));
    sources.push({ path, flag: directory, libraries: librariesIn(text, placesIn(path, text), directory) });
  }
  return sources;
}

function unreadable(flag: GivenFlag, path: string): CouldNotRun {
  return new CouldNotRun(`${flag.spelling} names ${path}, which is not a file that can be read`, {
    place: flag.placeAt(0),
    why: 'The agent exits when it starts: it reads its modules before anything else.',
    next: `Bring ${path} back, or take ${flag.spelling} out.`,
  });
}

function librariesIn(text: string, placeAt: (offset: number) => Place, flag: GivenFlag): AskedLibrary[] {
  const json = parseJson(text, placeAt);
  if (json.kind === 'malformed') throw malformed(json.place, json.reason, flag);
  if (json.kind !== 'object') throw malformed(json.place, 'an object should stand here', flag);
  return items(memberOf(json, 'libraries'), flag).map((library): AskedLibrary => {
    const path = textOf(memberOf(library, 'file'), flag);
    const name = textOf(memberOf(library, 'name'), flag);
    const asked = path ?? name;
    if (asked === undefined) throw malformed(library.place, "a library has neither 'file' nor 'name'", flag);
    return {
      file: path?.value ?? `lib${asked.value}.so`,
      place: asked.place,
      modules: items(memberOf(library, 'modules'), flag).map((module) => askedModule(module, flag)),
    };
  });
}

function askedModule(module: JsonNode, flag: GivenFlag): AskedModule {
  const name = textOf(memberOf(module, 'name'), flag);
  if (name === undefined) throw malformed(module.place, "a module has no 'name'", flag);
  const parameters = items(memberOf(module, 'parameters'), flag).flatMap((parameter): ModuleParameter[] => {
    const key = textOf(memberOf(parameter, 'key'), flag);
    const value = textOf(memberOf(parameter, 'value'), flag);
    return key === undefined || value === undefined
      ? []
      : [{ key: key.value, value: value.value, place: value.place }];
  });
  return { name: name.value, place: name.place, parameters };
}

function items(node: JsonNode | undefined, flag: GivenFlag): readonly JsonNode[] {
  if (node === undefined) return [];
  if (node.kind !== 'array')
    throw malformed(node.place, `a list should stand here, not a ${node.kind}`, flag);
  return node.items;
}

/** The text of a node; undefined when it is not there or empty, which the agent takes for the same. */
function textOf(node: JsonNode | undefined, flag: GivenFlag): { value: string; place: Place } | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== 'string')
    throw malformed(node.place, `a text should stand here, not a ${node.kind}`, flag);
  return node.value === '' ? undefined : node;
}

function malformed(place: Place, reason: string, flag: GivenFlag): CouldNotRun {
  const from = flag.placeAt(0);
  return new CouldNotRun(reason, {
    place,
    why: `${flag.spelling} at ${showPlace(from)} gives the agent this JSON. It can not read it and exits when it starts: Failed to load flag '${flag.name}'.`,
    next: `Mend the JSON in ${place.file} and ask again.`,
  });
}
