import { renderTemplate, type TemplateArguments } from '../../../../formats/dcos-template/render-template.ts';
import type { Template } from '../../../../formats/dcos-template/template.ts';
import { parseYaml, type YamlNode } from '../../../../formats/yaml/parse-yaml.ts';
import { replaceText } from '../../../../text/replace.ts';
import { showPlace } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';

const LONGEST_RENDERING = 1024 * 1024;

export type RenderedYaml =
  | { readonly kind: 'document'; readonly root: YamlNode }
  | { readonly kind: 'fault'; readonly reason: string };

/** What a template says when it is rendered with the given arguments. */
export function renderYaml(template: Template, given: TemplateArguments): RenderedYaml {
  const rendered = renderTemplate(template.chunks, {
    ...given,
    text: (name) => indentedScalar(given.text(name)),
    choice: (chunk) => given.choice(chunk),
  });
  if (rendered.kind === 'fault') {
    return { kind: 'fault', reason: `${showPlace(rendered.place)}: ${rendered.message}` };
  }
  if (rendered.text.length > LONGEST_RENDERING) {
    return { kind: 'fault', reason: `${template.file} renders to more than ${LONGEST_RENDERING} characters` };
  }
  const parsed = parseYaml(rendered.text);
  if (parsed.kind === 'document') return parsed;
  return { kind: 'fault', reason: `${template.file} is not YAML after rendering: ${parsed.message}` };
}

const QUOTED_SCALAR = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\[^])*")\s*$/;

/**
 * A value that is a whole quoted scalar (yaml.dump of a text of several lines), its lines indented further.
 * PyYAML takes them at any indentation, YAML proper doesn't; the blanks are folded away again either way.
 */
function indentedScalar(value: TracedText | undefined): TracedText | undefined {
  if (value === undefined || !value.toString().includes('\n') || !QUOTED_SCALAR.test(value.toString()))
    return value;
  const origin = { kind: 'derived' as const, rule: 'indentation of a scalar' };
  return replaceText(value, '\n', TracedText.from(`\n${' '.repeat(40)}`, origin));
}
