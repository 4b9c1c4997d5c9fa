import { readFileSync } from 'node:fs';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';
import type { SourceFile } from 'typescript/unstable/ast';

const CONFIG = '/tsconfig.json';

/** The syntax trees of files of the checkout, by their paths in it; types are not looked at. */
export function syntaxTrees(root: string, files: readonly string[]): ReadonlyMap<string, SourceFile> {
  const texts = files.map((file) => [`/${file}`, readFileSync(`${root}/${file}`, 'utf8')] as const);
  const names = texts.map(([path]) => path);
  const config = JSON.stringify({
    compilerOptions: { noLib: true, noResolve: true, types: [] },
    files: names,
  });
  // Nothing else is there for it to read: a project of the whole checkout takes seconds.
  const api = new API({
    cwd: '/',
    fs: createVirtualFileSystem(Object.fromEntries([...texts, [CONFIG, config]])),
  });
  try {
    const program = api.updateSnapshot({ openProjects: [CONFIG] }).getProject(CONFIG)?.program;
    return new Map(
      files.map((file) => {
        const tree = program?.getSourceFile(`/${file}`);
        if (tree === undefined) throw new Error(`${file} could not be parsed`);
        return [file, tree];
      }),
    );
  } finally {
    api.close();
  }
}
