import type { Interpreter } from './interpreter.ts';
import { unknown } from './make.ts';
import type { Statement } from './nodes.ts';
import type { Scope } from './scope.ts';

/** `import a.b`, `import a.b as c`. Nothing is read before one of its names is asked for. */
export function importModules(node: Statement<'Import'>, scope: Scope): void {
  for (const { name, asname } of node.names) {
    const [top = name] = name.split('.');
    scope.names.set(asname ?? top, { value: { kind: 'module', name: asname === undefined ? top : name } });
  }
}

/** `from a.b import c as d`. */
export function importFrom(node: Statement<'ImportFrom'>, scope: Scope, interpreter: Interpreter): void {
  const at = scope.source.span(node);
  for (const { name, asname } of node.names) {
    const value =
      node.module === undefined || (node.level ?? 0) > 0 || name === '*'
        ? unknown("relative and star imports aren't evaluated", at)
        : interpreter.attributeOfModule({ kind: 'module', name: node.module }, name, at);
    scope.names.set(asname ?? name, { value });
  }
}
