import { isDependency } from '../service/dependency-directives.ts';
import { propertyCalled } from '../service/directives/all-properties.ts';

/** Directives whose assignments add up. */
export function isListDirective(name: string): boolean {
  return (
    propertyCalled(name)?.kind.accumulates ??
    (isCommandDirective(name) ||
      isDependency(name) ||
      LISTS.has(name) ||
      name.startsWith('Condition') ||
      name.startsWith('Assert'))
  );
}

/** Those that are not modelled. Source: systemd.unit(5), .service(5), .exec(5), .resource-control(5). */
const LISTS = new Set(
  [
    'WantedBy RequiredBy UpheldBy Alias Also TemporaryFileSystem SystemCallFilter SystemCallLog DeviceAllow',
    'LoadCredential LoadCredentialEncrypted SetCredential SetCredentialEncrypted IPAddressAllow IPAddressDeny',
    'LogExtraFields MountImages ExtensionImages ExtensionDirectories SystemCallArchitectures RestrictFileSystems',
    'RestrictNetworkInterfaces SocketBindAllow SocketBindDeny IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax',
    'IOWriteIOPSMax IODeviceWeight IODeviceLatencyTargetSec IPIngressFilterPath IPEgressFilterPath BPFProgram',
    'StandardInputText StandardInputData CPUAffinity',
  ].flatMap((line) => line.split(' ')),
);

/** Directives whose values stand on a line each. */
export function isCommandDirective(name: string): boolean {
  return name.startsWith('Exec') || name === 'EnvironmentFile';
}
