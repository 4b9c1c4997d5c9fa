import { runStep } from './run-step.mjs';

const quiet = ['-qq', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=1'];
const timeouts = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'];

/** Fetches packages, and what they need and the machine has not, to `directory`. Nothing is installed. */
export function downloadWithNeeded(packages, directory, options = []) {
  apt(['install', '--download-only', '--no-install-recommends', '-y', ...packages], {
    options: ['-o', `Dir::Cache::archives=${directory}`, ...options],
  });
}

/** Fetches packages, `NAME` or `NAME/RELEASE`, alone. */
export function downloadAlone(packages, directory, options = []) {
  apt(['download', ...packages], { options, cwd: directory });
}

/** The lists of packages are fetched where they are missing or out of date. */
function apt(words, { options, cwd }) {
  const now = (...asked) => runStep('apt-get', [...quiet, ...timeouts, ...options, ...asked], { cwd });
  try {
    now(...words);
  } catch {
    now('update');
    now(...words);
  }
}
