import { parseDocument, visit } from 'yaml';

/** `*name`, which stands for the value that is called `&name`. */
export interface YamlAlias {
  readonly name: string;
  /** Of the `*`. */
  readonly offset: number;
  /** Whether a value before it is called so. */
  readonly isKnown: boolean;
}

/** The first alias of a text that `parseYaml` takes; undefined where it has none. */
export function firstAlias(text: string): YamlAlias | undefined {
  if (!text.includes('*')) return undefined;
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const names = new Set<string>();
  let found: YamlAlias | undefined;
  visit(document, {
    Alias(_, { source, range }) {
      found = { name: source, offset: range?.[0] ?? 0, isKnown: names.has(source) };
      return visit.BREAK;
    },
    Value(_, { anchor }) {
      if (anchor !== undefined) names.add(anchor);
    },
  });
  return found;
}
