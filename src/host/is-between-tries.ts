/**
 * Whether a unit in a `SubState=` waits for the next try of `Restart=`. Source: systemd.service(5), "RestartSec="; since systemd
 * 254 also `auto-restart-queued`.
 */
export function isBetweenTries(subState: string): boolean {
  return subState.startsWith('auto-restart');
}
