import { withFile } from '../../host/with-file.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import type { Misfit, PluginFile, PluginIdentity } from '../configured-program/plugin.ts';
import { offeredInterfaces, wantedInterfaces } from './interfaces.ts';

/** The interfaces that rsyslogd gives to its modules, with their versions; empty where its code does not tell. */
export function interfacesOf({ host, loaded }: ServiceStart): ReadonlyMap<string, number> {
  if (loaded === undefined) return new Map();
  const { program } = loaded.closure;
  const symbols = loaded.symbolsOf(program);
  if (symbols.kind === 'malformed') return new Map();
  return withFile(host, program.path, (source) => offeredInterfaces(source, program.elf, symbols.defined));
}

/** What rsyslogd makes of a module: by its entry point, and by the versions of the interfaces that it asks for. */
export function identifyModule(
  name: string,
  { path, data, source, elf }: PluginFile,
  offered: ReadonlyMap<string, number>,
): PluginIdentity {
  if (data.symbol('modInit') === undefined) {
    const misfit = {
      reason: `It is no module of rsyslog: could not load module '${path}', dlsym: undefined symbol: modInit.`,
      remedy: 'Correct the name of the module, or take the line out.',
      evidence: [`${path} has no symbol modInit`],
    };
    return { modules: [], misfits: [misfit], doubts: [] };
  }
  const modules = [{ name, attributes: { kind: 'rsyslog module' } }];
  const wanted = wantedInterfaces(source, elf, new Set(offered.keys()));
  const others = [...wanted].flatMap(([of, versions]) => {
    const given = offered.get(of);
    return given === undefined || versions.has(given)
      ? []
      : [{ of, wants: [...versions].join(' or '), given }];
  });
  return { modules, misfits: others.length === 0 ? [] : [builtForAnother(path, others)], doubts: [] };
}

/** Source: RS_RET_INTERFACE_NOT_SUPPORTED in runtime/rsyslog.h. */
function builtForAnother(
  path: string,
  others: readonly { readonly of: string; readonly wants: string; readonly given: number }[],
): Misfit {
  const lacks = others.map(
    ({ of, wants, given }) => `version ${wants} of the interface ${of} (there is ${given})`,
  );
  return {
    reason: `It was built for another rsyslog and asks for ${lacks.join(', ')}: could not load module '${path}', rsyslog error -2054.`,
    remedy:
      'Bring the modules of the same build as rsyslogd along, and name their directory with -M or RSYSLOG_MODDIR=.',
    evidence: others.map(
      ({ of, given }) => `rsyslogd gives out version ${given} of ${of} (${of}QueryInterface)`,
    ),
  };
}
