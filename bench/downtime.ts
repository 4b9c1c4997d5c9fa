import type { Measurement } from './measurement.ts';

export async function measureDowntime(): Promise<Measurement[]> {
  return [];
}
