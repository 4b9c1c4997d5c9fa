import {
  type EnvironmentAssignment,
  parseEnvironmentFile,
} from '../formats/environment-file/parse-environment-file.ts';

/**
 * The text of an environment file in which each name has the value given and everything else stays, line by
 * line. A name that is set already is set in its place, a new one at the end. undefined when the file is
 * written in a way that can't be edited safely (what comes out is read back and compared).
 */
export function editEnvironmentFile(
  path: string,
  text: string,
  values: ReadonlyMap<string, string>,
): string | undefined {
  const before = parseEnvironmentFile(path, text).assignments;
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const added: string[] = [];
  for (const [name, value] of values) {
    const line = `${name}=${quoteEnvironmentValue(value)}`;
    const places = before.filter((assignment) => assignment.name === name);
    if (places.length === 0) added.push(line);
    for (const assignment of places) {
      const from = assignment.place.line - 1;
      const count = linesOf(path, text, assignment);
      if (count === undefined) return undefined;
      const isLast = assignment === places.at(-1);
      // Blank lines keep the numbers of the lines that follow; they are taken out at the end.
      lines.fill(REMOVED, from, from + count);
      if (isLast) lines[from] = line;
    }
  }
  const edited = [...lines.filter((line) => line !== REMOVED), ...added].map((line) => `${line}\n`).join('');
  return isAsWanted(path, before, edited, values) ? edited : undefined;
}

/** No line of a text holds a line feed. */
const REMOVED = '\n';

/** A value as `EnvironmentFile=` reads it back: plain where nothing in it is special, else in double quotes. */
export function quoteEnvironmentValue(value: string): string {
  return /^[\w.,:/+=@%^~()[\]{}!?&*<>|-]*$/.test(value) ? value : `"${value.replaceAll(/["\\`$]/g, '\\$&')}"`;
}

/** How many lines an assignment takes: as many as it needs to read as its whole value. */
function linesOf(
  path: string,
  text: string,
  { name, place, value }: EnvironmentAssignment,
): number | undefined {
  const lines = text.split('\n').slice(place.line - 1);
  for (let count = 1; count <= lines.length; count += 1) {
    const { assignments } = parseEnvironmentFile(path, `${lines.slice(0, count).join('\n')}\n`);
    const [read, ...more] = assignments;
    if (more.length > 0) return undefined;
    if (read?.name === name && read.value.toString() === value.toString()) return count;
  }
  return undefined;
}

function isAsWanted(
  path: string,
  before: readonly EnvironmentAssignment[],
  edited: string,
  values: ReadonlyMap<string, string>,
): boolean {
  const wanted = new Map([...effective(before), ...values]);
  const found = effective(parseEnvironmentFile(path, edited).assignments);
  return wanted.size === found.size && [...wanted].every(([name, value]) => found.get(name) === value);
}

function effective(assignments: readonly EnvironmentAssignment[]): Map<string, string> {
  return new Map(assignments.map(({ name, value }) => [name, value.toString()]));
}
