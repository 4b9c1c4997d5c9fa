/** Compared line by line up to so many pairs; beyond it, everything between the equal ends counts as changed. */
const MAX_PAIRS = 4_000_000;

/** What makes one text of another: `- ` lines that go, `+ ` lines that come, and how many stay between them. */
export function lineDiff(before: string, after: string): string[] {
  const from = linesOf(before);
  const to = linesOf(after);
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  const room = Math.min(from.length, to.length) - start;
  while (end < room && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  const middle = changes(from.slice(start, from.length - end), to.slice(start, to.length - end));
  return folded([...Array<string>(start).fill(STAYS), ...middle, ...Array<string>(end).fill(STAYS)]);
}

const STAYS = '=';

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** By the longest common subsequence. */
function changes(from: readonly string[], to: readonly string[]): string[] {
  if (from.length * to.length > MAX_PAIRS)
    return [...from.map((line) => `- ${line}`), ...to.map((line) => `+ ${line}`)];
  const width = to.length + 1;
  const common = new Uint32Array((from.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = from.length - 1; row >= 0; row -= 1) {
    for (let column = to.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        from[row] === to[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: string[] = [];
  let row = 0;
  let column = 0;
  while (row < from.length || column < to.length) {
    if (row < from.length && column < to.length && from[row] === to[column]) {
      lines.push(STAYS);
      row += 1;
      column += 1;
    } else if (row < from.length && (column === to.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(`- ${from[row]}`);
      row += 1;
    } else {
      lines.push(`+ ${to[column]}`);
      column += 1;
    }
  }
  return lines;
}

/** Runs of lines that stay become their number. */
function folded(lines: readonly string[]): string[] {
  const out: string[] = [];
  let stay = 0;
  const close = (): void => {
    if (stay > 0) out.push(`  (${stay} ${stay === 1 ? 'line stays' : 'lines stay'})`);
    stay = 0;
  };
  for (const line of lines) {
    if (line === STAYS) {
      stay += 1;
      continue;
    }
    close();
    out.push(line);
  }
  close();
  return out;
}
