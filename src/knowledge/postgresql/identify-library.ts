import type { Misfit, PluginFile, PluginIdentity } from '../configured-program/plugin.ts';
import { magicBlock, type MagicBlock, showMajor } from './magic-block.ts';
import type { ServerIdentity } from './server-identity.ts';

/** What the server would make of a library: internal_load_library() in src/backend/utils/fmgr/dfmgr.c. */
export function identifyLibrary(
  { path, elf, data }: PluginFile,
  server: ServerIdentity | undefined,
): PluginIdentity {
  const entry = data.symbol('Pg_magic_func');
  if (entry === undefined) {
    const misfit = {
      reason: `incompatible library "${path}": missing magic block. Extension libraries are required to use the PG_MODULE_MAGIC macro.`,
      remedy: `Name a library of PostgreSQL, or take it out.`,
      evidence: [`${path} has no symbol Pg_magic_func`],
    };
    return { modules: [], misfits: [misfit], doubts: [] };
  }
  const block = magicBlock(data, elf, entry.value);
  const doubts = [
    ...(block === undefined ? ['the code of its Pg_magic_func is not one that is understood'] : []),
    ...(server?.magic === undefined ? ['the magic block of the server was not found in its file'] : []),
  ];
  if (block === undefined) return { modules: [], misfits: [], doubts };
  const { version, abi, functionArguments, indexKeys, nameLength } = block;
  const modules = [
    {
      name: path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, ''),
      attributes: {
        kind: 'PostgreSQL library',
        'built for': `PostgreSQL ${showMajor(version)}`,
        ...(abi === undefined ? {} : { ABI: abi }),
        limits: `FUNC_MAX_ARGS ${functionArguments}, INDEX_MAX_KEYS ${indexKeys}, NAMEDATALEN ${nameLength}`,
      },
    },
  ];
  const misfit = server?.magic && misfitOf(path, block, server.magic, server.path);
  return { modules, misfits: misfit === undefined ? [] : [misfit], doubts };
}

/** In the words of incompatible_module_error(). */
function misfitOf(path: string, ours: MagicBlock, theirs: MagicBlock, server: string): Misfit | undefined {
  const evidence = [`the magic block of ${path}`, `the magic block of ${server}`];
  const remedy = `Install the build of ${path} for PostgreSQL ${showMajor(theirs.version)}.`;
  if (ours.version !== theirs.version) {
    const versions = `Server is version ${showMajor(theirs.version)}, library is version ${showMajor(ours.version)}.`;
    return { reason: `incompatible library "${path}": version mismatch. ${versions}`, remedy, evidence };
  }
  if (ours.abi !== theirs.abi) {
    const abis = `Server has ABI "${theirs.abi ?? ''}", library has "${ours.abi ?? ''}".`;
    return { reason: `incompatible library "${path}": ABI mismatch. ${abis}`, remedy, evidence };
  }
  const differences = FIELDS.flatMap(([name, of]) =>
    of(ours) === of(theirs) ? [] : [`Server has ${name} = ${of(theirs)}, library has ${of(ours)}.`],
  );
  if (differences.length === 0 && ours.length !== theirs.length)
    differences.push('Magic block has unexpected length or padding difference.');
  if (differences.length === 0) return undefined;
  return {
    reason: `incompatible library "${path}": magic block mismatch. ${differences.join(' ')}`,
    remedy: `Build ${path} against the headers of this server.`,
    evidence,
  };
}

const FIELDS: readonly (readonly [string, (block: MagicBlock) => string])[] = [
  ['FUNC_MAX_ARGS', ({ functionArguments }) => `${functionArguments}`],
  ['INDEX_MAX_KEYS', ({ indexKeys }) => `${indexKeys}`],
  ['NAMEDATALEN', ({ nameLength }) => `${nameLength}`],
  ['FLOAT4PASSBYVAL', ({ float4ByValue }) => `${float4ByValue ?? ''}`],
  ['FLOAT8PASSBYVAL', ({ float8ByValue }) => `${float8ByValue}`],
];
