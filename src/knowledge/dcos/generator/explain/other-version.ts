import { memberOf, parseJson } from '../../../../formats/json/parse-json.ts';
import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';
import { placesIn } from '../../../../text/places-in.ts';
import { showPlace } from '../../../../text/place.ts';
import type { Argument } from '../arguments/argument.ts';
import { showSource } from './show-source.ts';

const VERSION = '/opt/mesosphere/etc/dcos-version.json';
const LARGEST_FILE = 64 * 1024;

interface Versioned {
  readonly sources: { readonly directory: string };
  argument(name: string): Argument;
}

/**
 * For people: that the generator's sources are those of another version than the one that made the node's files;
 * undefined where they are not, or one of the two versions can't be told.
 */
export function otherVersion(host: Host, generator: Versioned): string | undefined {
  const version = generator.argument('dcos_version');
  const text = readVersion(host);
  if (text === undefined || version.kind !== 'value' || version.setter.user || version.setter.optional) {
    return undefined;
  }
  const json = parseJson(text, placesIn(VERSION, text));
  const node = json.kind === 'malformed' ? undefined : memberOf(json, 'version');
  const ofSources = version.text.toString();
  if (node?.kind !== 'string' || node.value === ofSources) return undefined;
  const origin = version.text.slices[0]?.origin;
  if (origin?.kind !== 'literal') return undefined; // not of the sources, but recorded
  return `the sources are those of ${ofSources} (${showSource(origin.place, generator.sources)}), the node is ${node.value} (${showPlace(node.place)})`;
}

function readVersion(host: Host): string | undefined {
  return ifReadable(() => new TextDecoder().decode(host.readFile(VERSION, LARGEST_FILE)));
}
