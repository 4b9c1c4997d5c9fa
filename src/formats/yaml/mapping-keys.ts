import { isMap, isScalar, parseDocument } from 'yaml';

/** A key of a document that is a mapping. */
export interface MappingKey {
  /** As written without quotes; undefined for a key that is no scalar. */
  readonly name: string | undefined;
  /** Written without quotes: by YAML it may be a number, a truth value or nothing. */
  readonly plain: boolean;
  /** Of its first character in the text. */
  readonly offset: number;
}

/** The keys of the outermost mapping, in order, duplicates and all. For a text that `parseYaml` has accepted. */
export function mappingKeys(text: string): MappingKey[] {
  const { contents } = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  if (!isMap(contents)) return [];
  return contents.items.map(({ key }) => {
    if (!isScalar(key)) return { name: undefined, plain: false, offset: 0 };
    return { name: String(key.value), plain: key.type === 'PLAIN', offset: key.range?.[0] ?? 0 };
  });
}
