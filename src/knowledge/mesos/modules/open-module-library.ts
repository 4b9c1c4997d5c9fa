import type { DynamicSymbols } from '../../../formats/elf/dynamic-symbols.ts';
import type { LoadedObject } from '../../../formats/elf/loader/loaded-object.ts';
import { type Binding, missingSymbols } from '../../../formats/elf/loader/missing-symbols.ts';
import {
  type MissingLibrary,
  openAtRunTime,
  type OpenedLibrary,
} from '../../../formats/elf/loader/resolve-closure.ts';
import type { Host } from '../../../host/host.ts';
import { cutOff, damaged } from '../../../service/loader-refusals.ts';
import type { LoadedProgram } from '../../../service/service-start.ts';
import type { Agent } from '../recognise-agent.ts';

/** What opening a module library in the agent's process would do, as far as reading tells. */
export interface OpenedModuleLibrary {
  readonly opened: OpenedLibrary;
  /** The library, unless it is not found. */
  readonly object: LoadedObject | undefined;
  readonly symbols: DynamicSymbols | undefined;
  /** It and what it needs, as far as these are not found. */
  readonly missing: readonly MissingLibrary[];
  /** What it and what comes with it need and nothing in the process provides (RTLD_NOW: it is not opened then). */
  binding(): Binding;
}

/**
 * Opens `file` as the agent would: `dlopen(file, RTLD_NOW)` from libmesos. Throws `CouldNotRun` for a library that
 * is damaged. Source: stout/posix/dynamiclibrary.hpp:47 of Mesos 0.28.0.
 */
export function openModuleLibrary(
  host: Host,
  agent: Agent,
  loaded: LoadedProgram,
  file: string,
): OpenedModuleLibrary {
  const { closure, lookup, settings, symbolsOf } = loaded;
  const opened = openAtRunTime(closure, file, lookup, settings, agent.libmesos ?? closure.program);
  refuseDamaged(opened, loaded);
  for (const object of opened.added) {
    const cut = cutOff(host, object);
    if (cut !== undefined) throw cut;
  }
  const object = opened.library;
  const symbols = object && symbolsOf(object);
  if (object !== undefined && symbols?.kind === 'malformed') throw damaged(object.path, symbols);
  let binding: Binding | undefined;
  return {
    opened,
    object,
    symbols: symbols?.kind === 'symbols' ? symbols : undefined,
    missing: opened.missing,
    binding: () => (binding ??= bind(opened, loaded)),
  };
}

function bind(opened: OpenedLibrary, { closure, symbolsOf }: LoadedProgram): Binding {
  const byName = new Map(closure.byName);
  for (const object of opened.objects) {
    for (const name of [object.name, object.elf.dynamic?.soname]) {
      if (name !== undefined && !byName.has(name)) byName.set(name, object);
    }
  }
  const scope = [...new Set([...closure.objects, ...opened.objects])];
  return missingSymbols(opened.added, scope, byName, symbolsOf);
}

function refuseDamaged(opened: OpenedLibrary, { lookup }: LoadedProgram): void {
  for (const { path, outcome } of opened.missing.flatMap(({ tried }) => tried)) {
    const elf = outcome === 'unusable' ? lookup(path)?.elf : undefined;
    if (elf?.kind === 'malformed') throw damaged(path, elf);
  }
}
