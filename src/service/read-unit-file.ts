import { readUnit, type UnitFile } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import { KeptPerHost } from '../host/kept-per-host.ts';

const SIZE_LIMIT = 4 * 1024 * 1024;

/** A unit file or drop-in; once for a host that remembers, whoever asks. Throws `HostError`. */
export function readUnitFile(host: Host, path: string): UnitFile {
  const files = filesOfHosts.of(host, () => new Map());
  const file = files.get(path) ?? readUnit(path, host.readFile(path, SIZE_LIMIT));
  files.set(path, file);
  return file;
}

const filesOfHosts = new KeptPerHost<Map<string, UnitFile>>();
