/** Whether an argument means a file (a spec or a plan) rather than a service; the current directory has no say. */
export function isSpecFile(argument: string): boolean {
  return /\.(?:ya?ml|json)$/.test(argument) || argument.includes('/');
}
