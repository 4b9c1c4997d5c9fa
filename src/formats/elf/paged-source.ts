import type { ByteSource } from './byte-source.ts';

const PAGE = 4096;
const MOST_PAGES = 64;

/** Reads a source by pages that are kept, so that small parts that lie side by side are read once. */
export function pagedSource(source: ByteSource): ByteSource {
  const pages = new Map<number, Uint8Array>();
  const page = (index: number): Uint8Array => {
    const known = pages.get(index);
    if (known !== undefined) return known;
    const bytes = source.read(index * PAGE, PAGE);
    if (pages.size < MOST_PAGES) pages.set(index, bytes);
    return bytes;
  };
  return {
    size: source.size,
    read(offset, length) {
      const [first, last] = [Math.floor(offset / PAGE), Math.floor((offset + length - 1) / PAGE)];
      if (length <= 0 || last - first > 1) return source.read(offset, length);
      const start = offset - first * PAGE;
      if (first === last) return page(first).subarray(start, start + length);
      const [head, tail] = [page(first).subarray(start), page(last)];
      if (head.length < PAGE - start) return head;
      const joined = new Uint8Array(Math.min(length, head.length + tail.length));
      joined.set(head);
      joined.set(tail.subarray(0, joined.length - head.length), head.length);
      return joined;
    },
  };
}
