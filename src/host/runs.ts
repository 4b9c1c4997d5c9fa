const RUNS = ['active', 'activating', 'reloading'];

/** Whether a unit in an `ActiveState=` is up or coming up. Source: org.freedesktop.systemd1(5), "Properties". */
export function runs(activeState: string): boolean {
  return RUNS.includes(activeState);
}
