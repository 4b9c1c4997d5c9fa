/** What an isolator wants beside itself, and from which release on. */
export interface IsolatorNeed {
  readonly isolator: string;
  readonly since: string;
  /** One of these must be in the list, too, from the release that knows it. */
  readonly oneOf: readonly string[];
  /** The needed one stands before the isolator, in releases below this. */
  readonly beforeUntil?: string;
  readonly says: string;
  readonly source: string;
}

export const ISOLATOR_NEEDS: readonly IsolatorNeed[] = [
  {
    isolator: 'gpu/nvidia',
    since: '1.0.0',
    oneOf: ['cgroups/devices', 'cgroups/all'],
    beforeUntil: '1.6.0',
    says: "The 'cgroups/devices' isolator must be enabled in order to use the 'gpu/nvidia' isolator",
    source: 'src/slave/containerizer/mesos/isolators/gpu/isolator.cpp of 1.0.0; cgroups/all from 1.7.0',
  },
  {
    isolator: 'gpu/nvidia',
    since: '1.2.0',
    oneOf: ['filesystem/linux'],
    beforeUntil: '1.6.0',
    says: "The 'filesystem/linux' isolator must be enabled in order to use the 'gpu/nvidia' isolator",
    source: '09d42454c (1.2.0)',
  },
];

/** Families of which one isolator alone may be named, from 1.5.0 on. */
export const EXCLUSIVE_FAMILIES: readonly {
  readonly prefix: string;
  readonly since: string;
  readonly says: string;
}[] = [
  {
    prefix: 'filesystem/',
    since: '1.5.0',
    says: 'Using multiple filesystem isolators simultaneously is disallowed',
  },
  {
    prefix: 'network/',
    since: '1.5.0',
    says: 'Using multiple network isolators simultaneously is disallowed',
  },
];
