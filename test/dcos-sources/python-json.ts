import type { PyValue } from '../../src/formats/python/value.ts';

/** As Python's `json.dumps(value, indent=1, sort_keys=True)` writes it; undefined where a part of it isn't known. */
export function pythonJson(value: PyValue, indent = ''): string | undefined {
  switch (value.kind) {
    case 'str':
      return quoted(value.text.toString());
    case 'int':
      return value.value.toString();
    case 'bool':
      return value.value ? 'true' : 'false';
    case 'none':
      return 'null';
    case 'list':
      return bracketed(
        '[]',
        value.cell.items.map((item) => pythonJson(item, `${indent} `)),
        indent,
      );
    case 'dict': {
      const members = [...value.cell.entries.values()].map(({ key, value: member }) => {
        const name = key.kind === 'str' ? key.text.toString() : undefined;
        const text = pythonJson(member, `${indent} `);
        return name === undefined || text === undefined ? undefined : { name, text };
      });
      const known = members.flatMap((member) => member ?? []);
      if (known.length < members.length) return undefined;
      const sorted = known.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
      return bracketed(
        '{}',
        sorted.map(({ name, text }) => `${quoted(name)}: ${text}`),
        indent,
      );
    }
    default:
      return undefined;
  }
}

function bracketed(
  brackets: '[]' | '{}',
  parts: readonly (string | undefined)[],
  indent: string,
): string | undefined {
  if (parts.length === 0) return brackets;
  if (parts.includes(undefined)) return undefined;
  const [open, close] = brackets;
  return `${open}\n${parts.map((part) => `${indent} ${part}`).join(',\n')}\n${indent}${close}`;
}

/** In ASCII. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (unit) =>
    unit === '\x7f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
