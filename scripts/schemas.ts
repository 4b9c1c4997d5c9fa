// `npm run schemas`: writes the JSON Schemas of the documents, generated from the types, to docs/format/.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentSchemas } from '../test/documents/document-schemas.ts';

for (const { name, text } of documentSchemas()) {
  writeFileSync(fileURLToPath(new URL(`../docs/format/${name}.schema.json`, import.meta.url)), text);
}
