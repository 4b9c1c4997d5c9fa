import type { Host } from '../../../host/host.ts';
import { ifReadable } from '../../../host/if-readable.ts';
import type { ServiceStart } from '../../../service/service-start.ts';
import type { Place } from '../../../text/place.ts';
import { isAtLeast, type MesosVersion } from '../mesos-version.ts';
import { AGENT_FLAGS, type AgentFlag } from '../tables/agent-flags.ts';

/** The agent's flags as its process would load them: `MESOS_*` of the environment, then the command line. */
export interface AgentFlags {
  /** What this release takes, by the flag's newest name, which is not always the spelling used. */
  readonly given: ReadonlyMap<string, GivenFlag>;
  /** Flags of other releases: this one does not know them. */
  readonly foreign: readonly GivenFlag[];
  /** Spellings that no release read here knows. */
  readonly unknown: readonly GivenFlag[];
  /** Everything that was spelled, in the order it is loaded: a flag may be there more than once. */
  readonly spelled: readonly GivenFlag[];
  /** Words on the command line that are no flag and are skipped. */
  readonly skipped: readonly string[];
}

export interface GivenFlag {
  /** As it was spelled, in lower case and without its prefix. */
  readonly name: string;
  /** As it was spelled: `MESOS_ISOLATION`, `--isolation`. */
  readonly spelling: string;
  readonly isVariable: boolean;
  /** What the agent sees: for `file://…` the file's content. */
  readonly value: string;
  /** As written; undefined: on the command line without `=`. */
  readonly written: string | undefined;
  /** The file a `file://…` value names. `content` is undefined when it can not be read. */
  readonly file: { readonly path: string; readonly content: string | undefined } | undefined;
  /** Where the value's character at `offset` is written, or where it is set where that can not be told. */
  readonly placeAt: (offset: number) => Place;
}

const FILE_SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * Reads the flags by stout's rules: a variable's name counts in lower case without its prefix, the command line
 * wins over it, words without `--` are skipped, a lone `--` ends the flags, `file://` is replaced by the file's
 * content with its last newline kept. Source: stout/flags/flags.hpp of Mesos 0.28.1 to 1.11.0.
 */
export function readAgentFlags(start: ServiceStart, version: MesosVersion | undefined): AgentFlags {
  const given = new Map<string, GivenFlag>();
  const foreign: GivenFlag[] = [];
  const unknown: GivenFlag[] = [];
  const { flags, skipped } = fromCommandLine(start);
  const spelled = [...fromEnvironment(start), ...flags];
  for (const flag of spelled) {
    const known = knownFlag(flag.name);
    if (known === undefined) unknown.push(flag);
    else if (version === undefined || takesFlag(version, flag.name)) given.set(known.name, flag);
    else foreign.push(flag);
  }
  return { given, foreign, unknown, spelled, skipped };
}

/** Whether a flag of the release can be spelled like this. */
export function takesFlag(version: MesosVersion, spelling: string): boolean {
  return AGENT_FLAGS.some(
    ({ name, alias, since, until }) =>
      (name === spelling || alias === spelling) &&
      (since === undefined || isAtLeast(version, since)) &&
      (until === undefined || !isAtLeast(version, until)),
  );
}

/** The flag of that name; of an older name, the flag that it has become. */
export function knownFlag(spelling: string): AgentFlag | undefined {
  return (
    AGENT_FLAGS.find(({ alias }) => alias === spelling) ?? AGENT_FLAGS.find(({ name }) => name === spelling)
  );
}

function fromEnvironment(start: ServiceStart): GivenFlag[] {
  const variables = [...(start.launch?.environment ?? [])].filter(([name]) => name.startsWith(PREFIX));
  return variables.map(([spelling, written]) => {
    const onTheWay = start.launch?.setOnTheWay.get(spelling);
    const variable = start.service.environment.effective.get(spelling);
    const placeAt = (offset: number): Place => {
      if (onTheWay !== undefined) return onTheWay.place;
      const origin = variable?.value.at(offset)?.origin;
      return (origin?.kind === 'literal' ? origin.place : variable?.place) ?? commandPlace(start);
    };
    const name = spelling.slice(PREFIX.length).toLowerCase();
    return withFile(start.host, {
      name,
      spelling,
      isVariable: true,
      value: written,
      written,
      file: undefined,
      placeAt,
    });
  });
}

function fromCommandLine(start: ServiceStart): { flags: GivenFlag[]; skipped: string[] } {
  const flags: GivenFlag[] = [];
  const skipped: string[] = [];
  for (const word of start.launch?.args ?? []) {
    if (word === '--') break;
    const match = /^--(no-)?([^=]*)(?:=(.*))?$/s.exec(word);
    if (match === null) {
      skipped.push(word);
      continue;
    }
    const [, negated, asWritten = '', value] = match;
    const name = asWritten.toLowerCase();
    const inCommand = start.command?.words.find((candidate) => candidate.toString() === word);
    const lead = value === undefined ? 0 : word.length - value.length;
    flags.push(
      withFile(start.host, {
        name,
        spelling: `--${negated ?? ''}${asWritten}`,
        isVariable: false,
        value: value ?? (negated === undefined ? 'true' : 'false'),
        written: value,
        file: undefined,
        placeAt: (offset) => {
          const origin = inCommand?.at(lead + offset)?.origin;
          return origin?.kind === 'literal' ? origin.place : commandPlace(start);
        },
      }),
    );
  }
  return { flags, skipped };
}

const PREFIX = 'MESOS_';

function commandPlace({ command, service }: ServiceStart): Place {
  return command?.place ?? { file: service.unit.fragment.path, line: 1, column: 1 };
}

function withFile(host: Host, flag: GivenFlag): GivenFlag {
  const isUrl = flag.value.startsWith('file://');
  const path = isUrl ? flag.value.slice('file://'.length) : flag.value;
  const type = knownFlag(flag.name)?.type;
  if (!path.startsWith('/') || !(isUrl ? type !== 'path' : type === 'json')) return flag;
  const content = contentOf(host, path);
  return { ...flag, value: content ?? flag.value, file: { path, content } };
}

function contentOf(host: Host, path: string): string | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  return ifReadable(() => new TextDecoder().decode(host.readFile(path, FILE_SIZE_LIMIT)));
}
