import { TracedText } from '../../../../text/traced-text.ts';
import type { Argument } from '../arguments/argument.ts';

const PACKAGE_ID = /--setup_([0-9a-f]{40})$/;

/**
 * What the installers of 1.7 and 1.8 add to a config, and no file of a node tells. Each list: what may have been, tried
 * in turn; `undefined` for the value that the argument has anyway, though the config says it.
 */
const UNTOLD: readonly (readonly (readonly [string, string | undefined])[])[] = [
  [
    ['ip_detect_filename', '/genconf/ip-detect'],
    ['ip_detect_filename', 'genconf/ip-detect'],
  ],
  [['resolvers', undefined]],
  [['provider', 'onprem']],
  [['ssh_port', '22']],
  [['process_timeout', '10000']],
  [['ssh_key_path', '/genconf/ssh_key']],
];

/**
 * For people: that a recovered config is the whole of the one that made a package, told by the package's id, which is
 * a hash over it up to 1.8. Undefined where that can't be said: a name that left no trace on the node is part of it.
 */
export function whoseConfig(
  packageId: string | undefined,
  values: ReadonlyMap<string, TracedText>,
  calculated: (name: string, config: ReadonlyMap<string, TracedText>) => Argument,
): string | undefined {
  const [, id] = PACKAGE_ID.exec(packageId ?? '') ?? [];
  if (id === undefined) return undefined;
  for (const added of combinations(values, (name) => calculated(name, values))) {
    const computed = calculated('config_id', new Map([...values, ...added]));
    if (computed.kind !== 'value') return undefined;
    if (computed.text.toString() !== id) continue;
    const names = [...values.keys()].sort().join(', ');
    return `the operator's config was recovered from the node's files (${names}) and is all of it: its hash is the id of ${packageId}`;
  }
  return undefined;
}

function combinations(
  values: ReadonlyMap<string, TracedText>,
  calculated: (name: string) => Argument,
): [string, TracedText][][] {
  let ways: [string, TracedText][][] = [[]];
  for (const choices of UNTOLD) {
    const open = choices.flatMap(([name, text]): [string, TracedText][] => {
      const known = values.has(name) ? undefined : (text ?? textOf(calculated(name)));
      if (known === undefined) return [];
      return [
        [name, TracedText.from(known, { kind: 'derived', rule: `what the installer adds as ${name}` })],
      ];
    });
    ways = ways.flatMap((way) => [...open.map((one) => [...way, one]), way]);
  }
  return ways;
}

function textOf(argument: Argument): string | undefined {
  return argument.kind === 'value' ? argument.text.toString() : undefined;
}
