/** What a promise that was waited for among others has given. Throws what it was rejected with. */
export function settled<T>(end: PromiseSettledResult<T>): T {
  if (end.status === 'rejected') throw end.reason;
  return end.value;
}
