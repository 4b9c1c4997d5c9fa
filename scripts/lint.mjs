// One lint: types, rules (imports one way among them), format, dead code. Each is run, all are reported.
import { spawnSync } from 'node:child_process';

const checks = [
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['rules', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['format', 'biome', ['format', '.']],
  ['dead code', 'knip', []],
];

const failed = checks.filter(([title, command, args]) => {
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok   ' : 'FAULT'} ${title}`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
