import type { Place } from '../../text/place.ts';
import type { AgentFlags, GivenFlag } from './flags/agent-flags.ts';
import { builtInIsolator, isOldIsolation } from './isolators.ts';
import type { MesosVersion } from './mesos-version.ts';
import type { Module, ModuleLibrary } from './modules/examine-modules.ts';
import { MODULE_FLAGS, type ModuleFlag } from './tables/module-flags.ts';

/** One name in a flag that selects modules, and what it means to this agent. */
export interface NamedModule {
  readonly of: ModuleFlag;
  readonly flag: GivenFlag;
  /** As written; blanks count. */
  readonly name: string;
  /** Where in the flag's value. */
  readonly from: number;
  readonly place: Place;
  readonly means: NameMeaning;
}

export type NameMeaning =
  | { readonly kind: 'built-in'; readonly onlyWhen: string | undefined }
  | { readonly kind: 'module'; readonly module: Module; readonly library: ModuleLibrary }
  /** Neither built in nor in the modules that are loaded. */
  | { readonly kind: 'unknown' };

/** Every name in every such flag that is given, in the order of the table, then of the value. */
export function namedModules(
  flags: AgentFlags,
  version: MesosVersion | undefined,
  libraries: readonly ModuleLibrary[],
): NamedModule[] {
  return MODULE_FLAGS.flatMap((of) => {
    const flag = flags.given.get(of.flag);
    if (flag === undefined) return [];
    return elements(flag.value, of).map(({ name, from }): NamedModule => {
      const means = meaningOf(name, of, flag.value, version, libraries);
      return { of, flag, name, from, place: flag.placeAt(from), means };
    });
  });
}

function meaningOf(
  name: string,
  of: ModuleFlag,
  value: string,
  version: MesosVersion | undefined,
  libraries: readonly ModuleLibrary[],
): NameMeaning {
  for (const library of libraries) {
    const module = library.modules.find((candidate) => candidate.name === name);
    if (module !== undefined) return { kind: 'module', module, library };
  }
  const isolator = of.flag === 'isolation' ? builtInIsolator(name, version) : undefined;
  if (isolator !== undefined) return { kind: 'built-in', onlyWhen: isolator.onlyWhen };
  const isBuiltIn =
    of.builtIn.includes(name) || (of.flag === 'isolation' && isOldIsolation(name, value, version));
  return isBuiltIn ? { kind: 'built-in', onlyWhen: undefined } : { kind: 'unknown' };
}

function elements(value: string, of: ModuleFlag): { name: string; from: number }[] {
  if (!of.list) return [{ name: value, from: 0 }];
  return [...value.matchAll(/[^,]+/g)].map((match) => ({ name: match[0], from: match.index }));
}
