const SLEEPS = '[Service]\nExecStart=/bin/sleep infinity\n';
const ONCE = '[Service]\nType=oneshot\nExecStart=/bin/true\n';

/** Units that depend on a service in every way that systemd goes on along; `start` brings up those that shall run. */
export interface Dependents {
  readonly units: Readonly<Record<string, string>>;
  readonly start: readonly string[];
}

/** A chain of three, a target with what it wants, an instance, a timer, a bound unit, one that only asks for it to run. */
export function dependentsOf(service: string, name: string): Dependents {
  return {
    units: {
      [`${name}-app.service`]: `[Unit]\nRequires=${service}\nAfter=${service}\nWants=${name}-key.service\n${SLEEPS}`,
      [`${name}-key.service`]: ONCE,
      [`${name}-worker@.service`]: `[Unit]\nRequires=${name}-app.service\nAfter=${name}-app.service\n${SLEEPS}`,
      [`${name}-report.service`]: `[Unit]\nPartOf=${name}-worker@2.service\n${SLEEPS}`,
      [`${name}-bound.service`]: `[Unit]\nBindsTo=${service}\nAfter=${service}\nOnSuccess=${name}-note.service\n${SLEEPS}`,
      [`${name}-note.service`]: ONCE,
      [`${name}-sweep.timer`]: `[Unit]\nPartOf=${name}-app.service\n[Timer]\nOnActiveSec=1d\nUnit=${name}-note.service\n`,
      [`${name}-watch.service`]: `[Unit]\nRequisite=${service}\nAfter=${service}\n${SLEEPS}`,
      [`${name}.target`]: `[Unit]\nWants=${name}-late.service ${name}-bound.service\n`,
      [`/etc/systemd/system/${name}.target.d/needs.conf`]: `[Unit]\nRequires=${service}\nAfter=${service}\n`,
      [`${name}-late.service`]: `[Unit]\nConflicts=${name}-early.service\n${SLEEPS}`,
      [`${name}-early.service`]: SLEEPS,
      [`${name}-mirror.service`]: `[Unit]\nStopPropagatedFrom=${service}\n${SLEEPS}`,
      [`${name}-pool.service`]: `[Unit]\nStopWhenUnneeded=yes\n${SLEEPS}`,
      [`${name}-user.service`]: `[Unit]\nPartOf=${service}\nWants=${name}-pool.service\n${SLEEPS}`,
      [`${name}-idle.service`]: `[Unit]\nRequires=${service}\n${SLEEPS}`,
      [`${name}-beyond.service`]: `[Unit]\nPartOf=${name}-idle.service\n${SLEEPS}`,
      [`${name}-other.service`]: `[Unit]\nWants=${service}\nAfter=${service}\n${SLEEPS}`,
    },
    start:
      `app.service worker@1.service worker@2.service report.service bound.service sweep.timer watch.service mirror.service
      user.service beyond.service other.service`
        .split(/\s+/)
        .map((unit) => `${name}-${unit}`),
  };
}

/** Brings them up as they are on a machine that has run for a while: the target is up, what it wants has been stopped for another. */
export function startOf({ start }: Dependents, name: string): string {
  return `systemctl start ${start.join(' ')} && systemctl start ${name}.target && systemctl stop ${name}-late.service &&
    systemctl start ${name}-early.service`;
}
