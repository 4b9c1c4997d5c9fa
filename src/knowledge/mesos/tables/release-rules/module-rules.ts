import type { ReleaseRule } from './release-rule.ts';

const REBUILT =
  'A rebuild against the new headers is needed in any case; a source that overrides what is gone does not compile.';

/** Classes of modules whose virtual table changed. Source: include/mesos/{hook,slave/isolator,slave/container_logger}.hpp. */
export const MODULE_RULES: readonly ReleaseRule[] = [
  changed('Hook', '1.0.0', 'two functions are new'),
  changed(
    'Hook',
    '1.2.0',
    'slavePreLaunchDockerEnvironmentDecorator and slavePreLaunchDockerHook are gone and one function is new',
  ),
  changed('Hook', '1.8.0', 'one function is new'),
  changed('ContainerLogger', '1.1.0', 'recover() is gone'),
  changed('ContainerLogger', '1.2.0', 'prepare() takes the user'),
  changed('ContainerLogger', '1.3.0', 'prepare() returns a ContainerIO'),
  changed('ContainerLogger', '1.7.0', 'prepare() takes a ContainerID and a ContainerConfig'),
  changed('Isolator', '0.28.0', 'status() is new'),
  changed('Isolator', '1.1.0', 'supportsNesting() is new'),
  changed('Isolator', '1.5.0', 'supportsStandalone() is new'),
  changed('Isolator', '1.7.0', 'recover() takes a vector'),
  changed('Isolator', '1.10.0', 'update() takes the limits'),
];

function changed(kind: string, release: string, how: string): ReleaseRule {
  return {
    id: `mod-iface-${kind.toLowerCase()}-${release}`,
    from: `<${release}`,
    to: `>=${release}`,
    severity: 'note',
    subject: `Modules of the kind ${kind}`,
    reason: `In ${release} ${how}.`,
    remedy: REBUILT,
    source: `the header of ${kind}, ${release}`,
    when: { module: kind },
  };
}
