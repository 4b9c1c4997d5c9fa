import type { Meaning } from '../knowledge.ts';
import type { AgentExamination } from './agent-examination.ts';
import type { ModuleRecordResult } from './module-record/read-module-record.ts';
import type { NamedModule } from './named-modules.ts';
import { BUILT_IN_ISOLATORS } from './tables/built-in-isolators.ts';
import { MODULE_FLAGS } from './tables/module-flags.ts';

/** What the parts of a setting's value mean to the agent: the names of modules, and the JSON that loads them. */
export function meanings(examination: AgentExamination, setting: string): Meaning[] {
  const given = [...examination.flags.given.values()].find(({ spelling }) => spelling === setting);
  if (given?.name === 'modules' && given.file !== undefined) {
    const { length } = given.file.path;
    const modules = examination.libraries.flatMap((library) => library.modules);
    const text = `loads ${count(modules, 'module')} from ${count(examination.libraries, 'library')}`;
    const from = 'file://'.length;
    return [{ from, to: from + length, text, place: { file: given.file.path, line: 1, column: 1 } }];
  }
  if (given?.file !== undefined || !MODULE_FLAGS.some(({ flag }) => flag === given?.name)) return [];
  return examination.named
    .filter(({ flag }) => flag === given)
    .map((named): Meaning => {
      const text = showNameMeaning(named, examination);
      const [from, to] = [named.from, named.from + named.name.length];
      return named.means.kind === 'module'
        ? { from, to, text, place: named.means.module.place }
        : { from, to, text };
    });
}

function showNameMeaning({ means, name, of }: NamedModule, { mesos }: AgentExamination): string {
  switch (means.kind) {
    case 'built-in':
      return `built in to ${mesos}${means.onlyWhen === undefined ? '' : `, when ${means.onlyWhen}`}`;
    case 'module':
      return `module in ${means.library.path} (${showRecord(means.module.record)})`;
    case 'unknown': {
      const isolator =
        of.flag === 'isolation' ? BUILT_IN_ISOLATORS.find((entry) => entry.name === name) : undefined;
      return isolator?.since === undefined
        ? `not known: neither built in to ${mesos} nor in a module it loads`
        : `not known to ${mesos}: built in since Mesos ${isolator.since}`;
    }
  }
}

function showRecord(record: ModuleRecordResult): string {
  switch (record.kind) {
    case 'record':
      return `${record.moduleKind}, built for Mesos ${record.mesosVersion}`;
    case 'not-provided':
      return 'the library has no such module';
    case 'unknown':
      return `kind and version unknown: ${record.reason}`;
  }
}

function count(items: readonly unknown[], singular: 'module' | 'library'): string {
  const plural = singular === 'module' ? 'modules' : 'libraries';
  return `${items.length} ${items.length === 1 ? singular : plural}`;
}
