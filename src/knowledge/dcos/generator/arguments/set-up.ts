import { TracedText } from '../../../../text/traced-text.ts';
import type { Setter } from './setter.ts';

/** The templates of the generator, in its order (gen/__init__.py at 1.7, generate). */
export const TEMPLATES: readonly string[] = [
  'dcos-config.yaml',
  'cloud-config.yaml',
  'dcos-metadata.yaml',
  'dcos-services.yaml',
];
const PACKAGES = ['dcos-config', 'dcos-metadata'];

/** The setters of an operator's config, and those that the generator itself adds at 1.7 to it. */
export function setUp(userArguments: Readonly<Record<string, string>>): Setter[] {
  const user = Object.entries(userArguments).map(([name, value]) =>
    setter(name, TracedText.from(value, { kind: 'input', name }), true),
  );
  const added = Object.entries({
    template_filenames: prettyJson(TEMPLATES.map(quoted), '[]'),
    package_names: prettyJson(PACKAGES.map(quoted), '[]'),
    user_arguments: prettyJson(members(userArguments), '{}'),
  }).map(([name, value]) =>
    setter(
      name,
      TracedText.from(value, { kind: 'derived', rule: `the generator sets ${name} itself` }),
      false,
    ),
  );
  return [...user, ...added];
}

function setter(name: string, text: TracedText, user: boolean): Setter {
  return { name, value: { kind: 'text', text }, optional: false, user, conditions: [], written: undefined };
}

function members(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${quoted(name)}:${quoted(value)}`);
}

/** As `json.dumps(…, indent=2, sort_keys=True, separators=(',', ':'))` lays it out. */
function prettyJson(items: readonly string[], brackets: '[]' | '{}'): string {
  const [open, close] = brackets;
  return items.length === 0 ? brackets : `${open}\n${items.map((item) => `  ${item}`).join(',\n')}\n${close}`;
}

/** A JSON string in ASCII, as Python writes it. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
