/** Whether a path is named as an archive that a replacement can be unpacked from. */
export function isArchiveName(path: string): boolean {
  return /\.(?:deb|tar|tgz|txz|tar\.\w+)$/.test(path);
}
