import { type Place, showPlace } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import { isSecret } from '../../../../text/secrets.ts';

const LONGEST_VALUE = 80;

/**
 * Where the operator's config says another value than the one that the generator recorded on the node, for people.
 */
export function contradictions(
  config: ReadonlyMap<string, TracedText>,
  recorded: ReadonlyMap<string, TracedText>,
  secrets: ReadonlySet<string>,
): string[] {
  return [...config].flatMap(([name, value]) => {
    const other = recorded.get(name);
    if (other === undefined || other.toString() === value.toString()) return [];
    const isHidden = secrets.has(name) || isSecret(name, value.toString());
    const shown = isHidden ? 'secret ones' : `${quoted(value)} and ${quoted(other)}`;
    const places = [value, other].flatMap(placesOf).map(showPlace).join(' and ');
    return [`${places} give ${name} different values, ${shown}: the node was made with the second`];
  });
}

function placesOf(text: TracedText): Place[] {
  return text.slices.flatMap(({ origin }) => (origin.place === undefined ? [] : [origin.place])).slice(0, 1);
}

function quoted(text: TracedText): string {
  const line = text.toString().replaceAll('\n', '\\n');
  return `"${line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line}"`;
}
