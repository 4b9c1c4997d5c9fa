import type { Interpreter } from './interpreter.ts';
import { carry, rawItems, unknown } from './make.ts';
import type { Statement } from './nodes.ts';
import { type Binding, type Scope, scopeOfTarget } from './scope.ts';
import type { PyValue } from './value.ts';

/** `import a.b`, `import a.b as c`. Nothing is read before one of its names is asked for. */
export function importModules(node: Statement<'Import'>, scope: Scope): void {
  for (const { name, asname } of node.names) {
    const [top = name] = name.split('.');
    const bound = asname ?? top;
    const value: PyValue = { kind: 'module', name: asname === undefined ? top : name };
    scopeOfTarget(scope, bound).names.set(bound, { value });
  }
}

/** `from a.b import c as d`, `from . import c`, `from a import *`. */
export function importFrom(node: Statement<'ImportFrom'>, scope: Scope, interpreter: Interpreter): void {
  const at = scope.source.span(node);
  const level = node.level ?? 0;
  const from = level === 0 ? (node.module ?? '') : relativeModule(node, level, scope, interpreter);
  for (const { name, asname } of node.names) {
    if (name === '*') {
      importAll(from, scope, interpreter);
      continue;
    }
    const bound = asname ?? name;
    const imported = () =>
      from === undefined
        ? unknown(`the package of ${scope.source.file} isn't known`, at)
        : interpreter.attributeOfModule({ kind: 'module', name: from }, name, at);
    scopeOfTarget(scope, bound).names.set(bound, readLater(imported));
  }
}

/** A module is executed when a name that was imported from it is first used: most never are. */
function readLater(read: () => PyValue): Binding {
  let value: PyValue | undefined;
  return {
    get value() {
      return (value ??= read());
    },
  };
}

/** All public names of a module whose source is known. Of any other module, every name stays unknown. */
function importAll(from: string | undefined, scope: Scope, interpreter: Interpreter): void {
  const module = from === undefined ? undefined : interpreter.scopeOfModule(from);
  if (module === undefined || module.kind === 'unknown') return;
  const listed = module.names.get('__all__')?.value;
  const names =
    listed?.kind === 'list' || listed?.kind === 'tuple' ? rawItems(listed).map(textOf) : undefined;
  for (const [name, binding] of module.names) {
    if (names === undefined ? name.startsWith('_') : !names.includes(name)) continue;
    const { value, hop } = binding;
    scope.names.set(name, { value: hop === undefined ? value : carry(value, hop, interpreter) });
  }
}

function textOf(value: PyValue): string {
  return value.kind === 'str' ? value.text.toString() : '';
}

/** The module that a relative import names: the package is told from the path of the file that imports. */
function relativeModule(
  node: Statement<'ImportFrom'>,
  level: number,
  scope: Scope,
  interpreter: Interpreter,
): string | undefined {
  const directories = scope.source.file.split('/').slice(0, -level);
  for (let count = 1; count <= Math.min(4, directories.length); count += 1) {
    const name = [...directories.slice(-count), ...(node.module === undefined ? [] : [node.module])].join(
      '.',
    );
    const asked = node.module === undefined ? node.names.map((alias) => `${name}.${alias.name}`) : [name];
    if ([name, ...asked].some((module) => interpreter.inputs.moduleSource?.(module) !== undefined))
      return name;
  }
  return undefined;
}
