/** Where things of a trial start stand in its directory. */
export interface TrialPaths {
  /** The view of the file system that the trial has. */
  readonly root: string;
  /** What is written to that view. */
  readonly upper: string;
  readonly work: string;
  /** Directories of /run, which is empty in the view. */
  readonly run: string;
  readonly environment: string;
}

export function trialPaths(directory: string): TrialPaths {
  const at = (name: string): string => `${directory}/${name}`;
  return {
    root: at('root'),
    upper: at('upper'),
    work: at('work'),
    run: at('run'),
    environment: at('environment'),
  };
}
