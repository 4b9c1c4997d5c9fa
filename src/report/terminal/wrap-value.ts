/**
 * Cuts a value into lines of at most `width`, without adding or dropping a character: after a blank where there is
 * one, else after a sign that separates (`,` and `;`, then `:` and `=`, then `/`), else anywhere.
 */
export function wrapValue(value: string, width: number): string[] {
  const lines: string[] = [];
  let rest = value;
  while (rest.length > width) {
    const cut = cutAt(rest, width);
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...lines, rest];
}

function cutAt(text: string, width: number): number {
  const head = text.slice(0, width);
  for (const signs of [/[\s]/g, /[,;]/g, /[:=&|]/g, /\//g]) {
    const last = [...head.matchAll(signs)].at(-1)?.index;
    // A line that is nearly empty would be no gain.
    if (last !== undefined && last + 1 > width / 3) return last + 1;
  }
  const code = text.charCodeAt(width - 1);
  const isHalf = code >= 0xd800 && code < 0xdc00;
  return Math.max(1, isHalf ? width - 1 : width);
}
