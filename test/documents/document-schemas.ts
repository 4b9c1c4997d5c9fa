import { z } from 'zod';
import { checkReportSchema } from '../../src/documents/check-report.ts';
import { fileTraceSchema } from '../../src/documents/file-trace.ts';
import { hostTraceSchema } from '../../src/documents/host-trace.ts';
import { inspectionSchema } from '../../src/documents/inspection.ts';
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
  'check-report': checkReportSchema,
  plan: planSchema,
  outcome: outcomeSchema,
  recovery: recoverySchema,
  status: statusSchema,
};

/** The JSON Schema (draft 2020-12) of every document, as it stands in docs/format/. */
export function documentSchemas(): { name: string; text: string }[] {
  return Object.entries(SCHEMAS).map(([name, schema]) => ({
    name,
    text: `${JSON.stringify(z.toJSONSchema(schema), undefined, 2)}\n`,
  }));
}
