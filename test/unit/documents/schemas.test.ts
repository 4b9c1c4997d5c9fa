import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentSchemas } from '../../documents/document-schemas.ts';

test.each(documentSchemas())(
  'docs/format/$name.schema.json is what the types say (npm run schemas)',
  ({ name, text }) => {
    const committed = readFileSync(
      new URL(`../../../docs/format/${name}.schema.json`, import.meta.url),
      'utf8',
    );
    expect(committed).toBe(text);
  },
);
