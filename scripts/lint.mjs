// One lint: types, rules (imports one way among them), format, dead code, generated pages. Each is run, all are reported.
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';
import { installNodeModules } from './set-up/install-node-modules.mjs';

const checks = [
  { title: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { title: 'rules', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { title: 'format', command: 'biome', args: ['format', '.'] },
  { title: 'dead code', command: 'knip', args: [] },
  { title: 'pages', command: 'tsx', args: ['scripts/checks.ts', '--verify'] },
];

installNodeModules(fileURLToPath(new URL('..', import.meta.url)));
const failed = checks.filter(({ title, command, args }) => {
  const status = runTool(command, args);
  console.log(`${status === 0 ? 'ok   ' : 'FAULT'} ${title}`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
