import type { PluginFile, PluginIdentity } from '../configured-program/plugin.ts';
import { findTexts } from '../../formats/elf/find-text.ts';
import { moduleAttributes } from './module-attributes.ts';
import type { RedisServer } from './redis-server.ts';
import { firstOf } from '../../text/first-of.ts';
import { shellWord } from '../../text/shell-word.ts';

/**
 * What the server would make of a module's file. It looks up `RedisModule_OnLoad` (Valkey: `ValkeyModule_OnLoad` first)
 * and calls it; the module asks for the functions of the module API by name. Source: moduleLoad() in src/module.c of Redis
 * 7.0 and of Valkey 8.0.
 */
export function identifyModule(
  { path, source, elf, data }: PluginFile,
  server: RedisServer,
  executable: boolean,
): PluginIdentity {
  const entry = server.entryPoints.map((name) => data.symbol(name)).find((symbol) => symbol !== undefined);
  if (!executable) {
    const misfit = {
      reason: `Module ${path} failed to load: It does not have execute permissions.`,
      remedy: `chmod +x ${shellWord(path)}`,
      evidence: [`the mode of ${path}`],
    };
    return { modules: [], misfits: [misfit], doubts: [] };
  }
  if (entry === undefined) {
    const wanted = server.entryPoints.join(' or ');
    const misfit = {
      reason: `Module ${path} does not export ${wanted}() symbol. Module not loaded.`,
      remedy: `Name a module of ${server.name}, or take the line out.`,
      evidence: [`${path} has no symbol ${wanted}`],
    };
    return { modules: [], misfits: [misfit], doubts: [] };
  }
  const attributes = elf.machine === 'x86-64' ? moduleAttributes(data, entry) : undefined;
  const asked = [...findTexts(source, elf, /(?<![\w ])(?:Redis|Valkey)Module_[A-Z]\w*(?=\0)/g)].filter(
    (name) => data.symbol(name)?.type !== 'function' && !OWN.test(name),
  );
  const unknown = server.functions === undefined ? [] : asked.filter((name) => !server.functions?.has(name));
  const module = {
    name: attributes?.name ?? path.slice(path.lastIndexOf('/') + 1),
    attributes: {
      kind: `${server.name} module`,
      'built for': attributes === undefined ? 'module API unknown' : `module API ${attributes.apiVersion}`,
      ...(attributes === undefined ? {} : { version: String(attributes.version) }),
      'functions asked for': String(asked.length),
      ...(unknown.length === 0 ? {} : { 'functions not offered': unknown.join(' ') }),
    },
  };
  const remarks =
    unknown.length === 0
      ? []
      : [
          {
            reason: `It was built for a newer module API: it asks for ${firstOf(unknown, 3)}, which ${server.path} does not offer; if it calls one all the same, the server dies.`,
            remedy: `Use a build of ${path} for this ${server.name}.`,
            evidence: [`the names of functions in ${path} and in ${server.path}`],
          },
        ];
  return { modules: [module], misfits: [], remarks, doubts: [] };
}

/** Names of the module's own side of the API. */
const OWN = /^\w+Module_(?:OnLoad|OnUnload|Init|GetApi|SetModuleAttribs|InitAPI)$/;
