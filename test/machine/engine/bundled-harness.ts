import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const harness = fileURLToPath(new URL('harness.ts', import.meta.url));

/** The engine without the command line, as one file that Node runs on a test machine. */
export function bundledHarness(): string {
  const { outputFiles } = buildSync({
    entryPoints: [harness],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
