import type { Host, OpenFile } from './host.ts';

/** What `use` makes of an open file, which is closed after it whatever comes of it. */
export function withFile<T>(host: Host, path: string, use: (file: OpenFile) => T): T {
  const file = host.open(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}
