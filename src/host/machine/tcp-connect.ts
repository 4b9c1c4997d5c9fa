import { connect } from 'node:net';

/** Connects once to HOST:PORT (`[::1]:80` for IPv6) and hangs up. Why it failed; undefined when it did not. */
export async function tcpConnect(address: string, limitMs: number): Promise<string | undefined> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return await new Promise((resolve) => {
    const connection = connect({ host, port: Number(address.slice(colon + 1)), timeout: limitMs });
    const end = (reason: string | undefined): void => {
      connection.destroy();
      resolve(reason);
    };
    connection.once('connect', () => end(undefined));
    connection.once('timeout', () => end('does not answer in time'));
    connection.once('error', (error) =>
      end('code' in error && error.code === 'ECONNREFUSED' ? 'refuses connections' : error.message),
    );
  });
}
