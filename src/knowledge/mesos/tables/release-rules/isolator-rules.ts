import type { Condition, ReleaseRule } from './release-rule.ts';

/**
 * Isolators that a release adds to --isolation by itself. Source: src/slave/containerizer/mesos/containerizer.cpp of
 * Mesos 1.0.0, 1.1.0, 1.4.0 and 1.5.0.
 */
export const ISOLATOR_RULES: readonly ReleaseRule[] = [
  added('network/cni', '1.0.0', { not: { list: 'isolation', has: 'network/' } }),
  withFilesystem('volume/image', '1.1.0'),
  added('environment_secret', '1.4.0', { not: { list: 'isolation', has: 'environment_secret' } }),
  withFilesystem('volume/host_path', '1.5.0'),
  withFilesystem('volume/sandbox_path', '1.5.0'),
  ordered('1.1.0', 'in the order of the alphabet, and no longer as the flag has them'),
  ordered('1.5.0', 'in no order that one may rely on'),
  ordered('1.6.0', 'in an order of its own, and isolators of modules after them as the flag has them'),
];

function ordered(release: string, how: string): ReleaseRule {
  return {
    id: `iso-order-${release}`,
    from: `<${release}`,
    to: `>=${release}`,
    severity: 'note',
    subject: 'The order of isolators',
    reason: `From ${release} on they are made and asked ${how}.`,
    remedy: 'Nothing to do, unless an isolator of a module relies on one that comes before it.',
    source: `src/slave/containerizer/mesos/containerizer.cpp of ${release}`,
    when: { all: [{ flag: 'isolation' }, { module: 'Isolator' }] },
  };
}

function withFilesystem(isolator: string, release: string): ReleaseRule {
  const when = {
    all: [{ list: 'isolation', has: 'filesystem/linux' }, { not: { list: 'isolation', has: isolator } }],
  };
  return added(isolator, release, when);
}

function added(isolator: string, release: string, when: Condition): ReleaseRule {
  return {
    id: `iso-added-${isolator}`,
    from: `<${release}`,
    to: `>=${release}`,
    severity: 'note',
    subject: isolator,
    reason: `From ${release} on the agent adds this isolator by itself.`,
    remedy: 'Nothing to do, unless something on this machine minds.',
    source: `src/slave/containerizer/mesos/containerizer.cpp of ${release}`,
    when,
  };
}
