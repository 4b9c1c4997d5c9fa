import type { EdgeKind, NodeKind } from '../../documents/inspection.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import type { Place } from '../../text/place.ts';
import type { CheckDescription } from '../knowledge.ts';
import type { Configuration } from './configuration.ts';
import type { StateFormats } from './state-formats.ts';
import type { AskedPlugin, PluginFile, PluginIdentity } from './plugin.ts';

/** A program whose configuration names plugins, files, ports and hosts: what its knowledge says of it. */
export interface ConfiguredProgram {
  readonly start: ServiceStart;
  /** For people: "nginx". */
  readonly name: string;
  /** For people, with its version as far as that is known: "nginx 1.22.1". */
  readonly title: string;
  /** What its own file says that plugins are held against, by name: `signature`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly configuration: Configuration;
  /** In the order in which they are loaded. */
  readonly plugins: readonly AskedPlugin[];
  /** Whether a later plugin may use the symbols of an earlier one that is loaded for certain (RTLD_GLOBAL). */
  readonly sharesSymbols: boolean;
  readonly touches: readonly Touch[];
  /** Left out by a program that loads no plugins. */
  readonly checks?: PluginChecks;
  /** That it knows the directives of its configuration, where an unknown one ends its start. */
  readonly directives?: CheckDescription;
  /** The data that it keeps, where its format depends on the release. */
  readonly state?: StateFormats;
  /** Throws `MalformedError` for a file that contradicts itself. */
  identify(asked: AskedPlugin, file: PluginFile): PluginIdentity;
}

export interface PluginChecks {
  /** Every file is there and can be opened. */
  readonly opens: CheckDescription;
  /** The program takes what is in it. */
  readonly fits: CheckDescription;
}

/** Something outside of the program that a line of its configuration names. */
export interface Touch {
  readonly kind: Extract<NodeKind, 'file' | 'directory' | 'port' | 'host' | 'user' | 'group' | 'program'>;
  /** A path, `80`, `192.0.2.1:80`, a name. */
  readonly name: string;
  readonly edge: Extract<EdgeKind, 'names' | 'keeps-state-in' | 'starts'>;
  /** The directive: `listen`. */
  readonly label: string;
  readonly evidence: Place | { readonly how: string };
  /** It is so only while no option of the command says otherwise: not said where its arguments are not all known. */
  readonly byDefault?: boolean;
}
