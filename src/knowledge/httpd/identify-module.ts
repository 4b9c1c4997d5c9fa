import type { Misfit, PluginFile, PluginIdentity } from '../configured-program/plugin.ts';
import type { HttpdIdentity } from './httpd-identity.ts';
import { type HttpdModuleStructure, MAGIC_COOKIE, moduleStructure } from './module-structure.ts';

/**
 * What httpd would make of a module's file: load_module() in modules/core/mod_so.c looks up the structure by the name that
 * LoadModule gives it and looks at its cookie, ap_add_module() in server/config.c compares the magic number.
 */
export function identifyModule(
  structureName: string,
  { path, data }: PluginFile,
  program: HttpdIdentity | undefined,
): PluginIdentity {
  const symbol = data.symbol(structureName);
  if (symbol === undefined) {
    const others = `${path} has no symbol ${structureName}`;
    const misfit = {
      reason: `Can't locate API module structure \`${structureName}' in file ${path}: undefined symbol: ${structureName}.`,
      remedy: `Correct the name or the file behind LoadModule, or take the line out.`,
      evidence: [others],
    };
    return { modules: [], misfits: [misfit], doubts: [] };
  }
  const structure = moduleStructure(data, symbol.value);
  const misfit = misfitOf(structureName, path, structure, program);
  const modules = [{ name: structureName, attributes: attributesOf(structure) }];
  const minor = program?.magic?.minor;
  const isNewer = misfit === undefined && minor !== undefined && structure.minor > minor;
  return {
    modules: structure.cookie === MAGIC_COOKIE ? modules : [],
    misfits: misfit === undefined ? [] : [misfit],
    remarks: isNewer
      ? [
          {
            reason: `It was built for a newer httpd: its module magic number is ${structure.version}:${structure.minor}, that of ${program?.path} ends with ${minor}; httpd takes it all the same.`,
            remedy: `Use a build of ${path} for this httpd.`,
            evidence: [`minor_version in ${structureName} of ${path}`],
          },
        ]
      : [],
    doubts:
      program?.magic === undefined
        ? ['which module magic number httpd itself has was not found in its file']
        : [],
  };
}

function attributesOf({ version, minor, name }: HttpdModuleStructure): Record<string, string> {
  return {
    kind: 'Apache module',
    'built for': `Apache API ${version}:${minor}`,
    ...(name === undefined ? {} : { source: name }),
  };
}

function misfitOf(
  structureName: string,
  path: string,
  { version, minor, name, cookie }: HttpdModuleStructure,
  program: HttpdIdentity | undefined,
): Misfit | undefined {
  const hexadecimal = (number: number): string => number.toString(16).padStart(8, '0');
  const wanted = program?.magic?.cookie ?? MAGIC_COOKIE;
  if (cookie !== wanted) {
    return {
      reason: `API module structure '${structureName}' in file ${path} is garbled - expected signature ${hexadecimal(wanted)} but saw ${hexadecimal(cookie)} - perhaps this is not an Apache module DSO, or was compiled for a different Apache version?`,
      remedy: `Install a build of ${path} for this httpd.`,
      evidence: [`magic in ${structureName} of ${path}`],
    };
  }
  const need = program?.magic?.version;
  if (need === undefined || version === need) return undefined;
  return {
    reason: `Module "${name ?? structureName}" is not compatible with this version of Apache (found ${version}, need ${need}).`,
    remedy: `Install the build of ${path} for the module API ${need}.`,
    evidence: [
      `module magic number ${version}:${minor} in ${structureName} of ${path}`,
      `module magic number ${need} in core_module of ${program?.path}`,
    ],
  };
}
