export type Pointed = { readonly found: true; readonly value: unknown } | { readonly found: false };

/** What a JSON pointer leads to. Source: RFC 6901. */
export function followPointer(document: unknown, pointer: string): Pointed {
  let at: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return { found: false };
    at = Reflect.get(at, key);
  }
  return { found: true, value: at };
}
