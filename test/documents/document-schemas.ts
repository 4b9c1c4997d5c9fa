import { z } from 'zod';
import { specJsonSchema } from './spec-json-schema.ts';
import { checkReportSchema } from '../../src/documents/check-report.ts';
import { dependentsSchema } from '../../src/documents/dependents.ts';
import { fileTraceSchema } from '../../src/documents/file-trace.ts';
import { hostTraceSchema } from '../../src/documents/host-trace.ts';
import { inspectionSchema } from '../../src/documents/inspection.ts';
import { libraryReportSchema } from '../../src/documents/library-report.ts';
import { outcomeSchema, recoverySchema, statusSchema } from '../../src/documents/outcome.ts';
import { planSchema } from '../../src/documents/plan.ts';
import { whyNotSchema } from '../../src/documents/why-not.ts';
import { traceListSchema, traceSchema } from '../../src/documents/trace.ts';

const SCHEMAS = {
  trace: traceSchema,
  'trace-list': traceListSchema,
  'file-trace': fileTraceSchema,
  'host-trace': hostTraceSchema,
  'why-not': whyNotSchema,
  inspection: inspectionSchema,
  'library-report': libraryReportSchema,
  dependents: dependentsSchema,
  'check-report': checkReportSchema,
  plan: planSchema,
  outcome: outcomeSchema,
  recovery: recoverySchema,
  status: statusSchema,
};

/** The JSON Schema (draft 2020-12) of every document, as it stands in docs/format/. */
export function documentSchemas(): { name: string; text: string }[] {
  const documents = Object.entries(SCHEMAS).map(([name, schema]) => ({
    name,
    schema: z.toJSONSchema(schema),
  }));
  return [...documents, { name: 'spec', schema: specJsonSchema() }].map(({ name, schema }) => ({
    name,
    text: `${JSON.stringify(schema, undefined, 2)}\n`,
  }));
}
