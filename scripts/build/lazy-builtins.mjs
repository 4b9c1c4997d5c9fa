/**
 * Parts of Node that its own start-up snapshot lacks, and that most runs of the program have no use for: compiling
 * them takes a cold start 8 to 10 ms each.
 */
const RARE = ['child_process', 'crypto'];

/** An esbuild plugin: each of these parts is loaded when something of it is used, not when a module imports it. */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    const namespace = 'lazy-builtin';
    onResolve({ filter: new RegExp(`^(?:node:)?(?:${RARE.join('|')})$`) }, ({ path, namespace: importer }) =>
      importer === namespace ? { path, external: true } : { path: path.replace(/^node:/, ''), namespace },
    );
    onLoad({ filter: /./, namespace }, async ({ path }) => ({ contents: await facadeOf(`node:${path}`) }));
  },
};

async function facadeOf(builtin) {
  const names = Object.keys(await import(builtin)).filter((name) => name !== 'default');
  return `for (const name of ${JSON.stringify(names)})
    Object.defineProperty(exports, name, { enumerable: true, get: () => require('${builtin}')[name] });`;
}
