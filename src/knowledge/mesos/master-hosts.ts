/** One `host:port` of a `--master`, and where it begins in the value. */
export interface MasterHost {
  readonly name: string;
  readonly from: number;
}

/** The hosts that `zk://user:password@a:2181,b:2181/mesos` or `a:5050` names; none for `file://`. */
export function masterHosts(value: string): MasterHost[] {
  const match = /^(?:zk:\/\/(?:[^@/]*@)?)?([^@/]+)(?:\/.*)?$/.exec(value);
  const hosts = match?.[1];
  if (hosts === undefined || value.startsWith('file://')) return [];
  const start = value.indexOf(hosts, value.indexOf('@') + 1);
  return [...hosts.matchAll(/[^,\s]+/g)].map((host) => ({ name: host[0], from: start + host.index }));
}
