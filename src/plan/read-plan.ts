import { CouldNotRun } from '../documents/could-not-run.ts';
import { type Plan, planSchema } from '../documents/plan.ts';
import { errorMessage } from '../text/error-message.ts';

/** Reads a Plan document. Throws `CouldNotRun` for text that is none; the digest is for the engine to check. */
export function readPlan(file: string, text: string): Plan {
  const parsed = planSchema.safeParse(parseJson(file, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new CouldNotRun(`${file} is not a plan${where}: ${issue?.message ?? 'unknown fault'}`, {
    next: 'Make one: cutover plan SPEC --out plan.json',
  });
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CouldNotRun(`${file} is not JSON: ${errorMessage(error)}`);
  }
}
