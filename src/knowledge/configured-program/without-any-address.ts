/** `*:80` and `0.0.0.0:80`, port 80 of any address, as `80`; every other one as it is. */
export function withoutAnyAddress(listen: string): string {
  return listen.replace(/^(?:\*|0\.0\.0\.0):/, '');
}
