/** What is wrong with a copy of a file: bytes that differ (offset and value), and where it ends too early. */
export interface Damage {
  readonly changes: readonly (readonly [at: number, value: number])[];
  readonly length: number | null;
}
