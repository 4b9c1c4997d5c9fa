import { type AskedPlugin, askedAt, type PluginIdentity } from '../configured-program/plugin.ts';
import { showPlace } from '../../text/place.ts';

/**
 * Adds to the identities of modules, in the order in which they are loaded, that a module of the same name was loaded
 * before. Source: ngx_add_module() in src/core/ngx_module.c, which looks at the names once version and signature fit.
 */
export function refuseTwice(): (
  asked: AskedPlugin,
  path: string,
  identity: PluginIdentity,
) => PluginIdentity {
  const loaded = new Map<string, AskedPlugin & { readonly path: string }>();
  return (asked, path, identity) => {
    if (identity.misfits.length > 0) return identity;
    const { directive, place } = asked;
    const at = 'how' in place ? '' : ` at ${showPlace(place)}`;
    const misfits = identity.modules.flatMap(({ name }) => {
      const before = loaded.get(name);
      if (before === undefined) {
        loaded.set(name, { ...asked, path });
        return [];
      }
      const how = `${askedAt(before)}${before.path === path ? '' : `, in ${before.path}`}`;
      return {
        reason: `It is loaded twice: module "${name}" is already loaded: ${how}.`,
        remedy: `Take one of the two lines out: ${directive}${at}, or the one before it.`,
        evidence: [`the first time: ${how}`],
      };
    });
    return { ...identity, misfits };
  };
}
