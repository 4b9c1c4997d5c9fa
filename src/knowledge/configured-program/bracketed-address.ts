/** An address as it stands before a port: one of IPv6 in brackets. */
export function bracketedAddress(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
