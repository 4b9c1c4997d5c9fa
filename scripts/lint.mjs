// One lint: types, rules (imports one way among them), format, dead code. Each is run, all are reported.
import { spawnSync } from 'node:child_process';

const checks = [
  { title: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { title: 'rules', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { title: 'format', command: 'biome', args: ['format', '.'] },
  { title: 'dead code', command: 'knip', args: [] },
];

const failed = checks.filter(({ title, command, args }) => {
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok   ' : 'FAULT'} ${title}`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
