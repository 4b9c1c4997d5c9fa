// Bundles src/ into dist/: one entry, every verb in a chunk of its own that is loaded when asked for.
// Built beside and then exchanged, so that a build that fails leaves the last one working.
import { chmod, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}/.cache/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { cutover: 'src/cli/main.ts' },
  outdir: '.cache/dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  logLevel: 'warning',
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
});
await chmod(`${root}/.cache/dist/cutover.js`, 0o755);
await rm(`${root}/dist`, { recursive: true, force: true });
await rename(`${root}/.cache/dist`, `${root}/dist`);
