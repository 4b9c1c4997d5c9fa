/** What `npm run bench` compares Cutover with, and measures it on, with its packages. Nothing else needs it. */
export const benchPeers = [
  { program: 'libtree', package: 'libtree', why: 'lists the libraries of a program as a tree' },
  { program: 'lddtree', package: 'pax-utils', why: 'does the same in Python' },
  {
    program: '/usr/lib/python3/dist-packages/elftools',
    package: 'python3-pyelftools',
    why: 'is what lddtree reads with, though its package only recommends it',
  },
  {
    program: 'mkfs.ext4',
    package: 'e2fsprogs',
    why: 'makes the disk that changes of many files are measured on',
  },
];
