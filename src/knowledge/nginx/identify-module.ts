import type { Misfit, PluginFile, PluginIdentity, PluginModule } from '../configured-program/plugin.ts';
import { type NginxModuleStructure, moduleStructure, showVersion } from './module-structure.ts';
import { signatureDifferences } from './module-signature.ts';
import type { NginxIdentity } from './nginx-identity.ts';

const MOST_MODULES = 1000;

/**
 * What nginx would make of the file of a dynamic module: ngx_load_module() in src/core/nginx.c and ngx_add_module() in
 * src/core/ngx_module.c look up `ngx_modules` and `ngx_module_names` and compare version and signature of each.
 */
export function identifyModule(
  directive: string,
  { path, data }: PluginFile,
  program: NginxIdentity | undefined,
): PluginIdentity {
  const list = data.symbol('ngx_modules');
  const names = data.symbol('ngx_module_names');
  const missing = list === undefined ? 'ngx_modules' : names === undefined ? 'ngx_module_names' : undefined;
  if (list === undefined || names === undefined) {
    const misfit = {
      reason: `It is no module of nginx: dlsym() "${path}", "${missing}" failed.`,
      remedy: `Correct the name behind ${directive}, or take the line out.`,
      evidence: [`${path} has no symbol ${missing}`],
    };
    return { modules: [], misfits: [misfit], doubts: [] };
  }
  const modules: PluginModule[] = [];
  const misfits: Misfit[] = [];
  const doubts: string[] = [];
  for (let index = 0; index < MOST_MODULES; index += 1) {
    const pointer = data.pointer(list.value + index * data.wordSize);
    if (pointer.kind === 'null') break;
    const name = data.text(names.value + index * data.wordSize, 256);
    const structure = pointer.kind === 'here' ? moduleStructure(data, pointer.address) : undefined;
    if (name === undefined || structure === undefined) {
      doubts.push(
        `the module ${name ?? `number ${index + 1}`} of its ngx_modules is not laid down in the file`,
      );
      continue;
    }
    modules.push({ name, attributes: attributesOf(structure) });
    if (program === undefined) continue;
    const misfit = misfitOf(path, name, structure, program);
    if (misfit !== undefined) misfits.push(misfit);
  }
  if (program === undefined) doubts.push('which signature nginx itself has was not found in its file');
  return { modules, misfits, doubts };
}

function attributesOf({ version, signature, type }: NginxModuleStructure): Record<string, string> {
  return {
    ...(type === undefined ? {} : { kind: type }),
    'built for': `nginx ${showVersion(version)}`,
    signature,
  };
}

function misfitOf(
  path: string,
  name: string,
  { version, signature }: NginxModuleStructure,
  program: NginxIdentity,
): Misfit | undefined {
  if (version !== program.version) {
    const [built, runs] = [showVersion(version), showVersion(program.version)];
    return {
      reason: `${name} was built for nginx ${built}, and this is nginx ${runs}, which takes modules of its own version alone: module "${path}" version ${version} instead of ${program.version}.`,
      remedy: `Install the build of ${path} for nginx ${runs}.`,
      evidence: [
        `version ${version} in ${name} of ${path}`,
        `version ${program.version} in ${program.where}`,
      ],
    };
  }
  if (signature !== program.signature) {
    const differences = signatureDifferences(signature, program.signature);
    return {
      reason: `${name} was built with other options than nginx: module "${path}" is not binary compatible. ${differences.join('; ')}.`,
      remedy: `Build ${path} with the configure arguments that nginx -V prints (or both with --with-compat).`,
      evidence: [
        `signature ${signature} in ${name} of ${path}`,
        `signature ${program.signature} in ${program.where}`,
      ],
    };
  }
  return undefined;
}
