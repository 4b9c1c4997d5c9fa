import { existsSync } from 'node:fs';

/** Whether an argument means a file (a spec or a plan) rather than a service. */
export function isSpecFile(argument: string): boolean {
  return (
    /\.(?:ya?ml|json)$/.test(argument) ||
    argument.includes('/') ||
    (!argument.endsWith('.service') && existsSync(argument))
  );
}
