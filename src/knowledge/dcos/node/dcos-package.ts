import { posix } from 'node:path';
import { memberOf, parseJson } from '../../../formats/json/parse-json.ts';
import type { Host } from '../../../host/host.ts';
import { placesIn } from '../../../text/places-in.ts';
import { type DcosCheck, type DcosFinding, isOtherProgram, type NodeDay, programOf } from './dcos-check.ts';

const ROLES = '/etc/mesosphere/roles';
const SIZE_LIMIT = 256 * 1024;
const LINKED = /^(?:bin|etc|include|lib|dcos\.target\.wants)(?:_(?:master|slave|slave_public))?$/;
/** Directories between a program and the root of its package, at most. */
const MOST_ABOVE = 4;

export const dcosPackageCheck: DcosCheck = {
  id: 'dcos-package',
  title: 'The unit is one of a role of this node, and the replacement needs no activation',
  explains:
    'pkgpanda links what a package has in bin, etc, lib and dcos.target.wants, and in those of a role (etc_slave) when ' +
    '/etc/mesosphere/roles has a file of that name, and gathers the environment of every package. Cutover does none of ' +
    'this: of a replacement that is such a package (pkginfo.json), those directories and that environment have no effect, ' +
    'which is a note. A unit of a role that the node has not got is taken away by the next activation: a warning. The ' +
    'check is silent for a unit of every role or of one that is there, and a replacement that is no package of pkgpanda.',
  run(today, tomorrow) {
    const { host } = tomorrow.start;
    const program = isOtherProgram(today, tomorrow) ? programOf(tomorrow) : undefined;
    const ofPackage = program === undefined ? [] : notActivated(host, program);
    return { examined: program === undefined ? 1 : 2, findings: [...otherRole(tomorrow), ...ofPackage] };
  },
};

function otherRole({ start: { host, service }, dcos }: NodeDay): DcosFinding[] {
  const role = /^dcos\.target\.wants_(.+)$/.exec(dcos.unitDirectory ?? '')?.[1];
  const roles = host.list(ROLES);
  if (role === undefined || roles === undefined || roles.includes(role)) return [];
  return [
    {
      severity: 'warning',
      subject: service.name,
      reason: `It is a service of the role ${role}, and this node has ${roles.length === 0 ? 'no role' : `the role ${roles.join(', ')}`}: the next activation takes its unit away.`,
      evidence: [{ how: `${dcos.unitDirectory} of ${dcos.package}; the names in ${ROLES}` }],
      remedy: `Change the service of this node's own role, or look why ${ROLES}/${role} is not there.`,
    },
  ];
}

function notActivated(host: Host, program: string): DcosFinding[] {
  let at = posix.dirname(program);
  for (let step = 0; step < MOST_ABOVE && at !== '/'; step += 1, at = posix.dirname(at)) {
    const info = `${at}/pkginfo.json`;
    if (host.stat(info)?.type !== 'file' || at.startsWith('/opt/mesosphere/packages/')) continue;
    const linked = (host.list(at) ?? []).filter((name) => LINKED.test(name));
    const set = environmentOf(host, info);
    const parts = [
      ...(linked.length === 0 ? [] : [`nothing of its ${linked.join(', ')} is linked into /opt/mesosphere`]),
      ...(set.length === 0 ? [] : [`${set.join(', ')} of its environment will not be set`]),
    ];
    if (parts.length === 0) return [];
    return [
      {
        severity: 'note',
        subject: at,
        reason: `It is a package of pkgpanda, and no activation takes place: ${parts.join(', and ')}.`,
        evidence: [{ how: info }],
        remedy: 'Set under settings: what the program needs of it, and bring files along under files:.',
      },
    ];
  }
  return [];
}

function environmentOf(host: Host, path: string): string[] {
  const text = new TextDecoder().decode(host.readFile(path, SIZE_LIMIT));
  const json = parseJson(text, placesIn(path, text));
  const environment = json.kind === 'malformed' ? undefined : memberOf(json, 'environment');
  return environment?.kind === 'object' ? environment.members.map(({ key }) => key.value) : [];
}
