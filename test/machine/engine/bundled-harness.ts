import { fileURLToPath } from 'node:url';
import { build, buildSync, type BuildOptions } from 'esbuild';

const harness = fileURLToPath(new URL('harness.ts', import.meta.url));
/** How the harness is bundled. */
export const HARNESS_OPTIONS = {
  entryPoints: [harness],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  write: false,
} as const satisfies BuildOptions;

/** The engine without the command line, as one file that Node runs on a test machine. */
export function bundledHarness(): string {
  return buildSync(HARNESS_OPTIONS).outputFiles[0]?.text ?? '';
}

/** The same with another text in the place of one source file, which stays as it is. */
export async function bundledHarnessWith(path: string, contents: string): Promise<string> {
  let isPart = false;
  const { outputFiles } = await build({
    ...HARNESS_OPTIONS,
    plugins: [
      {
        name: 'other-text',
        setup: (loads) => {
          loads.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            if (loaded !== path) return undefined;
            isPart = true;
            return { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  if (!isPart) throw new Error(`${path} is no part of the harness`);
  return outputFiles[0]?.text ?? '';
}
