/** What the exit status says. There are no others. */
export const ExitCode = {
  /** Yes, or done. */
  ok: 0,
  /** The answer is no: blockers, drift, a gate that failed and was rolled back, verified. */
  no: 1,
  /** Could not run: usage, permission, unreadable input. Nothing was changed; by `recover` nothing of a change whose journal is damaged. */
  couldNotRun: 2,
  /** The change ended half way and says exactly where. */
  needsOperator: 4,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
