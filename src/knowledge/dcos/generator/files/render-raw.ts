import { type Rendered, renderTemplate } from '../../../../formats/dcos-template/render-template.ts';
import type { Template } from '../../../../formats/dcos-template/template.ts';
import { type Argument, whyNoValue } from '../arguments/argument.ts';

/** A template as the generator renders it, before it is taken for YAML. */
export function renderRaw(template: Template, given: { argument(name: string): Argument }): Rendered {
  const text = (name: string) => {
    const argument = given.argument(name);
    return argument.kind === 'value' ? argument.text : undefined;
  };
  const rendered = renderTemplate(template.chunks, { text, choice: (chunk) => text(chunk.name)?.toString() });
  if (rendered.kind === 'rendered' || rendered.name === undefined) return rendered;
  const argument = given.argument(rendered.name);
  if (argument.kind === 'value') return rendered;
  return { ...rendered, message: `${rendered.message}: ${whyNoValue(rendered.name, argument)}` };
}
