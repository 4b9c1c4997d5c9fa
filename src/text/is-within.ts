/** Whether a path is a directory's, or of anything below it. Both are absolute and normal; nothing is followed. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
