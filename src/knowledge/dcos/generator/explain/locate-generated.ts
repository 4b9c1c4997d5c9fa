import { type Host, HostError } from '../../../../host/host.ts';

/** Which template makes a file of a node, and under which path it stands there. */
export interface Located {
  readonly template: string;
  readonly path: string;
  /** The id of the package that holds the file, for one in a package. */
  readonly package?: string;
  /** Where the file itself is, links followed. */
  readonly file: string;
}

/** The templates whose packages land on a node: `<name>.yaml` makes `<name>--setup_<config id>` (1.7 to 2.2). */
const PACKAGE_FILE = /^\/opt\/mesosphere\/packages\/((dcos-config|dcos-metadata)--[^/]+)(\/.+)$/;
const INSTALL_ROOT = /^\/opt\/mesosphere(\/(?:bin|etc|etc_[a-z_]+|check)\/.+)$/;

/**
 * The places that a file of a node may have been made at, likeliest first. Links lead from /opt/mesosphere/etc
 * and the like into the package; the two templates without a package write to the node itself.
 */
export function locateGenerated(host: Host, path: string): Located[] {
  const file = realPathOf(host, path);
  const [, id, name, inside] = PACKAGE_FILE.exec(file) ?? [];
  if (id !== undefined && inside !== undefined) {
    return [{ template: `${name}.yaml`, path: inside, package: id, file }];
  }
  const [, installed] = INSTALL_ROOT.exec(file) ?? [];
  if (installed !== undefined) return [{ template: 'dcos-config.yaml', path: installed, file }];
  return ['cloud-config.yaml', 'dcos-services.yaml'].map((template) => ({ template, path, file }));
}

function realPathOf(host: Host, path: string): string {
  try {
    return host.realPath(path) ?? path;
  } catch (error) {
    if (error instanceof HostError) return path;
    throw error;
  }
}
