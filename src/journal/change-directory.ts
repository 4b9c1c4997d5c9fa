/** Where a change keeps what. See docs/format/journal.md. */
export interface ChangeDirectory {
  readonly change: string;
  readonly journal: string;
  readonly records: string;
  readonly snapshots: string;
}

export function changeDirectory(home: string, change: string): ChangeDirectory {
  const journal = `${home}/journal/${change}`;
  return { change, journal, records: `${journal}/records.jsonl`, snapshots: `${home}/snapshots/${change}` };
}

/** Where a way back keeps what it finds at the path of one of its steps, before it replaces or removes that. */
export function foundCopy({ snapshots }: ChangeDirectory, attempt: number, step: number): string {
  return `${snapshots}/found/${attempt}-${step}`;
}

/** `20261123-090302-417-ab12cd`: sorts by time, and says which plan. */
export function changeId(at: Date, planDigest: string): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const clock = time.replace('Z', '').replace('.', '-').replaceAll(':', '');
  return `${date.replaceAll('-', '')}-${clock}-${planDigest.slice(0, 6)}`;
}
