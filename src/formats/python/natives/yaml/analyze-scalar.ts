/** Which styles a text may be written in (analyze_scalar of PyYAML's emitter). */
export interface ScalarAnalysis {
  readonly empty: boolean;
  readonly multiline: boolean;
  readonly allowFlowPlain: boolean;
  readonly allowBlockPlain: boolean;
  readonly allowSingleQuoted: boolean;
  readonly allowBlock: boolean;
}

const BREAKS = '\n\x85\u2028\u2029';
const BLANKS = `\0 \t\r${BREAKS}`;

export function analyzeScalar(text: string, allowUnicode: boolean): ScalarAnalysis {
  if (text === '') {
    return {
      empty: true,
      multiline: false,
      allowFlowPlain: false,
      allowBlockPlain: true,
      allowSingleQuoted: true,
      allowBlock: false,
    };
  }
  const multiline = /[\n\x85\u2028\u2029]/.test(text);
  const special = /[^\n\x20-\x7e]/.test(text) && (!allowUnicode || hasUnprintable(text));
  const spaceBeforeBreak = / [\n\x85\u2028\u2029]/.test(text);
  const spaceAfterBreak = /[\n\x85\u2028\u2029] /.test(text);
  const ragged = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text);
  const indicators = indicatorsIn(text);
  const onlyDoubleQuoted = spaceBeforeBreak || special;
  const allowPlain = !ragged && !spaceAfterBreak && !onlyDoubleQuoted && !multiline;
  return {
    empty: false,
    multiline,
    allowFlowPlain: allowPlain && !indicators.flow,
    allowBlockPlain: allowPlain && !indicators.block,
    allowSingleQuoted: !spaceAfterBreak && !onlyDoubleQuoted,
    allowBlock: !text.endsWith(' ') && !onlyDoubleQuoted,
  };
}

/** Characters that YAML takes for something else than text, inside brackets and outside. */
function indicatorsIn(text: string): { flow: boolean; block: boolean } {
  let flow = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`?:])/.test(text) || /.[,?[\]{}:]/su.test(text);
  let block = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`])/.test(text);
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    const after = characters[index + 1];
    const before = characters[index - 1];
    const isFollowedByBlank = after === undefined || BLANKS.includes(after);
    const isMark =
      (character === '-' && index === 0 && isFollowedByBlank) ||
      ((character === ':' || (character === '?' && index === 0)) && isFollowedByBlank) ||
      (character === '#' && (before === undefined || BLANKS.includes(before)));
    if (!isMark) continue;
    flow = true;
    block = true;
  }
  return { flow, block };
}

function hasUnprintable(text: string): boolean {
  return !/^[\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffe}]*$/u.test(text);
}
