/**
 * Whether a file name matches a shell pattern (fnmatch(3) of one path component): `*`, `?`, `[a-z]`, `[!a-z]`.
 * Takes time in proportion to both lengths, whatever the pattern: it may come from a file of a stranger.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const tokens = tokensOf(pattern);
  // reached[i]: the first i tokens match what was read of the name so far.
  let reached = startOf(tokens);
  for (const character of name) {
    const next = tokens.map(() => false);
    next.push(false);
    tokens.forEach((token, index) => {
      if (reached[index] !== true) return;
      if (token.kind === 'any') next[index] = true;
      else if (token.accepts(character)) next[index + 1] = true;
    });
    reached = closed(tokens, next);
  }
  return reached[tokens.length] === true;
}

type Token =
  | { readonly kind: 'any' }
  | { readonly kind: 'one'; readonly accepts: (character: string) => boolean };

function startOf(tokens: readonly Token[]): boolean[] {
  return closed(tokens, [true, ...tokens.map(() => false)]);
}

/** `*` also matches nothing. */
function closed(tokens: readonly Token[], reached: boolean[]): boolean[] {
  tokens.forEach((token, index) => {
    if (token.kind === 'any' && reached[index] === true) reached[index + 1] = true;
  });
  return reached;
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (const match of pattern.matchAll(/\*+|\?|\[!?\]?[^\]]*\]|\\?[\s\S]/gu)) {
    const [text] = match;
    if (text.startsWith('*')) tokens.push({ kind: 'any' });
    else if (text === '?') tokens.push({ kind: 'one', accepts: () => true });
    else if (text.length > 1 && text.startsWith('[')) tokens.push({ kind: 'one', accepts: inSet(text) });
    else tokens.push({ kind: 'one', accepts: (character) => character === text.replace(/^\\(?=.)/s, '') });
  }
  return tokens;
}

function inSet(text: string): (character: string) => boolean {
  const negated = text.startsWith('[!');
  const members = Array.from(text.slice(negated ? 2 : 1, -1));
  return (character) => isMember(members, character) !== negated;
}

function isMember(members: readonly string[], character: string): boolean {
  for (let at = 0; at < members.length; at += 1) {
    const low = members[at] ?? '';
    const high = members[at + 2];
    if (members[at + 1] === '-' && high !== undefined) {
      if (low <= character && character <= high) return true;
      at += 2;
    } else if (low === character) return true;
  }
  return false;
}
