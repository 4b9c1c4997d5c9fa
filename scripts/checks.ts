// `npm run checks`: writes docs/checks.md from the checks; with --verify (in lint) says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checksPage } from '../test/documents/checks-page.ts';

const path = fileURLToPath(new URL('../docs/checks.md', import.meta.url));
if (!process.argv.includes('--verify')) writeFileSync(path, checksPage());
else if (readFileSync(path, 'utf8') !== checksPage()) {
  console.error('docs/checks.md is not what the checks say: npm run checks');
  process.exitCode = 1;
}
