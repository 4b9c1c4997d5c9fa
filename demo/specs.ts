import { readFileSync } from 'node:fs';

/** The two specs of the story, as an operator would write them. */
export const specs = {
  naive: readFileSync(new URL('./spec-naive.yaml', import.meta.url), 'utf8'),
  mended: readFileSync(new URL('./spec-mended.yaml', import.meta.url), 'utf8'),
};
