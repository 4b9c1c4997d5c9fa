import type { Place } from '../../text/place.ts';
import { TracedText } from '../../text/traced-text.ts';
import type { Chunk, Replacement, Switch } from './template.ts';

/** The values that a template is rendered with. */
export interface TemplateArguments {
  /** The text that replaces `{{ name }}`. */
  text(name: string): TracedText | undefined;
  /** The case that a switch takes. */
  choice(chunk: Switch): string | undefined;
  /** For what a switch leads to: why it takes its case. Left out, that is not told. */
  why?(chunk: Switch, choice: string): string;
}

export type Rendered =
  | { readonly kind: 'rendered'; readonly text: TracedText }
  | {
      readonly kind: 'fault';
      readonly place: Place;
      readonly message: string;
      /** The argument that is missing. */
      readonly name?: string;
    };

/**
 * Renders a template. Its own characters are literals of the template file; what replaces a tag gains the tag as
 * a hop. A fault names the first argument that is missing or has no case.
 */
export function renderTemplate(chunks: readonly Chunk[], given: TemplateArguments): Rendered {
  const parts: TracedText[] = [];
  for (const chunk of chunks) {
    const rendered = renderChunk(chunk, given);
    if (rendered.kind === 'fault') return rendered;
    parts.push(rendered.text);
  }
  return { kind: 'rendered', text: TracedText.concat(parts) };
}

function renderChunk(chunk: Chunk, given: TemplateArguments): Rendered {
  switch (chunk.kind) {
    case 'text':
      return { kind: 'rendered', text: chunk.text };
    case 'replacement':
      return renderReplacement(chunk, given);
    case 'switch':
      return renderSwitch(chunk, given);
    case 'for':
      return { kind: 'fault', place: chunk.place, message: `no list ${chunk.list} is given for the loop` };
  }
}

function renderReplacement(chunk: Replacement, given: TemplateArguments): Rendered {
  const { place, name, filter } = chunk;
  if (filter !== undefined) return { kind: 'fault', place, message: `no filter ${filter} is defined` };
  const text = given.text(name);
  if (text === undefined) return { kind: 'fault', place, message: `the argument ${name} is not set`, name };
  return { kind: 'rendered', text: text.through({ kind: 'template', place, text: chunk.text, name }) };
}

function renderSwitch(chunk: Switch, given: TemplateArguments): Rendered {
  const { place, name } = chunk;
  const choice = given.choice(chunk);
  if (choice === undefined) return { kind: 'fault', place, message: `the argument ${name} is not set`, name };
  const body = chunk.cases.get(choice);
  if (body === undefined) {
    const cases = [...chunk.cases.keys()].map((value) => `"${value}"`).join(', ');
    return {
      kind: 'fault',
      place,
      message: `the argument ${name} is "${choice}", but the cases are ${cases}`,
    };
  }
  const rendered = renderTemplate(body, given);
  const at = chunk.casePlaces.get(choice);
  if (rendered.kind === 'fault' || given.why === undefined || at === undefined) return rendered;
  const text = `{% case "${choice.replace(/["\\]/g, '\\$&')}" %}`;
  const hop = { kind: 'template', place: at, text, name, why: given.why(chunk, choice) } as const;
  return { kind: 'rendered', text: rendered.text.through(hop) };
}
