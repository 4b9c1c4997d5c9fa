/** Writes down every entry below the directories with what tells whether it was touched; of a directory not its time. */
export function writeFileStates(directories: readonly string[], to: string): string {
  return `find ${directories.join(' ')} -xdev -path /var/lib/cutover -prune -o \\
    -type d -printf '%p\\t%y %m %U:%G %i\\n' -o -printf '%p\\t%y %m %U:%G %i %s %T@ %l\\n' | LC_ALL=C sort > ${to}`;
}

/** The paths that are in one of two such lists and not in the other, or otherwise there; `inodes` are looked at or not. */
export function changedFiles(
  before: string,
  after: string,
  { inodes }: { readonly inodes: boolean },
): string {
  const lists = [before, after].map((list) => (inodes ? list : `${list}-without-inodes`));
  const without = inodes
    ? ''
    : [before, after].map((list) => `sed -E '${DROP_INODE}' ${list} > ${list}-without-inodes; `).join('');
  return `${without}LC_ALL=C comm -3 ${lists.join(' ')} | sed 's/^\\t//' | cut -f 1 | sort -u`;
}

const DROP_INODE = 's/^([^\\t]*\\t[^ ]+ [^ ]+ [^ ]+) [0-9]+/\\1/';
