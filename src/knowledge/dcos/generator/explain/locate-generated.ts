import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';

/** Which template makes a file of a node, and under which path it says it. */
export interface Located {
  readonly template: string;
  readonly path: string;
  /** The id of the package that holds the file, for one in a package. */
  readonly package?: string;
  /** Where the file itself is, links followed. */
  readonly file: string;
}

/**
 * The packages that the generator makes: `<template>--setup_<config id>` (1.7 to 2.2), and for files that hold values
 * only a machine itself knows `dcos-provider-…--setup`, whose files the template of dcos-config says.
 */
const PACKAGE_FILE =
  /^\/opt\/mesosphere\/packages\/((dcos-config|dcos-metadata|dcos-provider-[^/]+?)--[^/]+)(\/.+)$/;
const INSTALL_ROOT = /^\/opt\/mesosphere(\/(bin|etc|check)\/.+)$/;
const ROLES = '/etc/mesosphere/roles';

/**
 * The places that a file of a node may have been made at, likeliest first. Links lead from /opt/mesosphere/etc
 * and the like into the package, also to `etc_<role>` for the roles of the node; the two templates without a package
 * write to the node itself. A unit that pkgpanda copied from a package (1.11 and later) is none of these.
 */
export function locateGenerated(host: Host, path: string): Located[] {
  const file = realPathOf(host, path);
  const [, id, name, inside] = PACKAGE_FILE.exec(file) ?? [];
  if (id !== undefined && name !== undefined && inside !== undefined) {
    const template = name === 'dcos-metadata' ? 'dcos-metadata.yaml' : 'dcos-config.yaml';
    return [{ template, path: inside, package: id, file }];
  }
  const [, installed, directory] = INSTALL_ROOT.exec(file) ?? [];
  if (installed !== undefined && directory !== undefined) {
    const ofRoles = rolesOf(host).map((role) => installed.replace(directory, `${directory}_${role}`));
    return ['dcos-config.yaml', 'dcos-metadata.yaml'].flatMap((template) =>
      [installed, ...ofRoles].map((said) => ({ template, path: said, file })),
    );
  }
  return ['cloud-config.yaml', 'dcos-services.yaml'].map((template) => ({ template, path: file, file }));
}

/** A node has one role or two: the file names in a directory. */
function rolesOf(host: Host): string[] {
  const roles = ifReadable(() => host.list(ROLES)) ?? [];
  return roles.filter((role) => /^[a-z_]+$/.test(role)).slice(0, 10);
}

function realPathOf(host: Host, path: string): string {
  return ifReadable(() => host.realPath(path)) ?? path;
}
