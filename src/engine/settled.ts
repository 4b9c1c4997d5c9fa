/** What a promise that was waited for among others has given. Throws what it was rejected with. */
export function settled<T>(end: PromiseSettledResult<T>): T {
  if (end.status === 'rejected') throw end.reason;
  return end.value;
}

/** Does what takes long without a pause when another has ended, well or not: what it waits for would be found to be late. */
export async function afterwards<T>(other: Promise<unknown>, act: () => T): Promise<T> {
  await Promise.allSettled([other]);
  return act();
}
