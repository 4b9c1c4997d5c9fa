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
];

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
