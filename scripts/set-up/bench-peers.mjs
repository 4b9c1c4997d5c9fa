/** The programs that `npm run bench` compares Cutover with, with their packages. Nothing else needs them. */
export const benchPeers = [
  { program: 'libtree', package: 'libtree', why: 'lists the libraries of a program as a tree' },
  { program: 'lddtree', package: 'pax-utils', why: 'does the same in Python' },
];
