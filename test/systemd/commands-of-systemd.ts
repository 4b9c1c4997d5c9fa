import { z } from 'zod';
import type { Machine } from '../hosts/machine.ts';

/** For each directive its commands, the program's path first and then all words of the command. */
export type SystemdCommands = ReadonlyMap<string, readonly (readonly string[])[]>;

export const COMMAND_DIRECTIVES = [
  'ExecCondition',
  'ExecStartPre',
  'ExecStart',
  'ExecStartPost',
  'ExecReload',
  'ExecStop',
];

const BATCH = 50;
const answerSchema = z.object({
  data: z.array(z.tuple([z.string(), z.array(z.string())]).rest(z.unknown())),
});

/** What systemd says over D-Bus of the commands of each unit, before variables are put in. */
export async function commandsOf(machine: Machine, names: readonly string[]): Promise<SystemdCommands[]> {
  const all: SystemdCommands[] = [];
  for (let from = 0; from < names.length; from += BATCH) {
    const batch = names.slice(from, from + BATCH);
    const script = batch.map(
      (name) =>
        `busctl --json=short get-property org.freedesktop.systemd1 /org/freedesktop/systemd1/unit/${pathOf(name)} org.freedesktop.systemd1.Service ${COMMAND_DIRECTIVES.join(' ')}; echo =`,
    );
    const { stdout } = await machine.run(['sh'], { input: script.join('\n'), timeout: 300_000 });
    for (const block of stdout.split('=\n').slice(0, batch.length)) all.push(commandsIn(block));
  }
  return all;
}

function commandsIn(block: string): SystemdCommands {
  const lines = block.split('\n').filter((line) => line.startsWith('{'));
  return new Map(
    lines.map((line, index) => [
      COMMAND_DIRECTIVES[index] ?? '',
      answerSchema.parse(JSON.parse(line)).data.map(([path, words]) => [path, ...words]),
    ]),
  );
}

/** Source: bus_label_escape() of systemd 252. */
function pathOf(name: string): string {
  return name.replaceAll(
    /[^A-Za-z0-9]|^[0-9]/g,
    (character) => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
