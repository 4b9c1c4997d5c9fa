import { z } from 'zod';
import { specSchema } from '../../src/plan/spec.ts';

/**
 * The JSON Schema of a spec, for editors. They read `restarts: 0` as a number and `TLS: no` as a truth value, where
 * Cutover takes the text that stands there; so every scalar may be any of them.
 */
export function specJsonSchema(): z.core.JSONSchema.JSONSchema {
  const schema = z.toJSONSchema(specSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type !== 'string' || jsonSchema.const !== undefined || jsonSchema.enum !== undefined)
        return;
      Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
    },
  });
  return { title: 'cutover.yaml', ...schema };
}
