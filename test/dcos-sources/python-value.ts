import type { JsonNode } from '../../src/formats/json/parse-json.ts';
import { pyBool, pyDict, pyInt, NONE } from '../../src/formats/python/make.ts';
import type { PyValue } from '../../src/formats/python/value.ts';
import type { Place } from '../../src/text/place.ts';
import { TracedText } from '../../src/text/traced-text.ts';

/**
 * The value that Python's json.loads makes of a node. Numbers are read from the text that begins at their place:
 * `1.0` and whole numbers of any length stay what they are. Texts come from the input of that name.
 */
export function pythonValue(node: JsonNode, textFrom: (place: Place) => string, name: string): PyValue {
  switch (node.kind) {
    case 'string':
      return { kind: 'str', text: inputText(node.value, name) };
    case 'null':
      return NONE;
    case 'boolean':
      return pyBool(node.value === true);
    case 'number':
      return pythonNumber(textFrom(node.place));
    case 'array': {
      const items = node.items.map((item) => pythonValue(item, textFrom, name));
      return { kind: 'list', cell: { items }, hops: [] };
    }
    case 'object':
      return pythonDict(
        node.members.map(({ key, value }) => [key.value, pythonValue(value, textFrom, name)]),
        name,
      );
  }
}

/** A dict with these texts as keys, in their order; found by what `dictKey` (compare-values.ts) makes of a text. */
export function pythonDict(entries: readonly (readonly [string, PyValue])[], name?: string): PyValue {
  const keyed = entries.map(([key, value]): [string, { key: PyValue; value: PyValue }] => {
    const text: PyValue = { kind: 'str', text: inputText(key, name ?? key) };
    return [`str ${key}`, { key: text, value }];
  });
  return pyDict(keyed);
}

export function inputText(text: string, name: string): TracedText {
  return TracedText.from(text, { kind: 'input', name });
}

function pythonNumber(text: string): PyValue {
  const [written = '0'] = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(text) ?? [];
  return /^-?\d+$/.test(written) ? pyInt(BigInt(written)) : { kind: 'float', value: Number(written) };
}
