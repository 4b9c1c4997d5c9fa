/** Directives whose assignments add up. Source: systemd.unit(5), .service(5), .exec(5), .resource-control(5). */
export function isListDirective(name: string): boolean {
  return (
    isCommandDirective(name) || LISTS.has(name) || name.startsWith('Condition') || name.startsWith('Assert')
  );
}

const LISTS = new Set(
  [
    'After Before Wants Requires Requisite BindsTo PartOf Upholds Conflicts OnFailure OnSuccess Documentation',
    'WantedBy RequiredBy UpheldBy Alias Also Sockets PropagatesReloadTo ReloadPropagatedFrom RequiresMountsFor',
    'Environment PassEnvironment UnsetEnvironment SupplementaryGroups BindPaths BindReadOnlyPaths ReadWritePaths',
    'ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths TemporaryFileSystem SystemCallFilter CapabilityBoundingSet',
    'AmbientCapabilities RestrictAddressFamilies LoadCredential SetCredential DeviceAllow IPAddressAllow IPAddressDeny',
    'RuntimeDirectory StateDirectory CacheDirectory LogsDirectory ConfigurationDirectory SuccessExitStatus',
    'LoadCredentialEncrypted SetCredentialEncrypted LogExtraFields MountImages ExtensionImages ExtensionDirectories',
    'SystemCallArchitectures SystemCallLog RestrictFileSystems RestrictNetworkInterfaces SocketBindAllow SocketBindDeny',
    'IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax IODeviceWeight IODeviceLatencyTargetSec',
    'IPIngressFilterPath IPEgressFilterPath BPFProgram StandardInputText StandardInputData CPUAffinity',
  ].flatMap((line) => line.split(' ')),
);

/** Directives whose values stand on a line each. */
export function isCommandDirective(name: string): boolean {
  return name.startsWith('Exec') || name === 'EnvironmentFile';
}
