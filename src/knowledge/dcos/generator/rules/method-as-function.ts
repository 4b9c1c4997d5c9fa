import type { SourceFile } from '../generator-sources.ts';

/**
 * A file that holds one method of `source` alone, as a function, on the same lines; `imports` is the first line.
 * Undefined where there is no such method.
 */
export function methodAsFunction(source: SourceFile, name: string, imports: string): SourceFile | undefined {
  const lines = source.text.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^ +def ${name}\\(`).test(line));
  const indent = indentOf(lines[start] ?? '');
  if (start < 1) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => /\S/.test(line) && indentOf(line) <= indent);
  const end = length === -1 ? lines.length : start + 1 + length;
  const kept = lines.map((line, index) => (index >= start && index < end ? line.slice(indent) : ''));
  return { file: source.file, text: [imports, ...kept.slice(1)].join('\n') };
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
