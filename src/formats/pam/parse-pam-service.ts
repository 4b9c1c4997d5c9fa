/** What an entry of a PAM service is for. */
export type PamType = 'auth' | 'account' | 'session' | 'password';

/** Lines and columns count from 1; the column is that of what is named. */
export type PamEntry =
  | {
      readonly kind: 'module';
      readonly type: PamType;
      readonly control: string;
      readonly module: string;
      /** `-auth`: nothing is said of a module that is not there. */
      readonly mayLack: boolean;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly kind: 'include';
      readonly service: string;
      /** Only what it has of this type; undefined: all of it. */
      readonly type: PamType | undefined;
      readonly line: number;
      readonly column: number;
    };

/** A file of /etc/pam.d. Lines that PAM can not read are left out. Source: pam.d(5); pam_handlers.c of Linux-PAM 1.5. */
export function parsePamService(text: string): PamEntry[] {
  return logicalLines(text).flatMap(({ content, line }): PamEntry[] => {
    const words = [...content.matchAll(/\[(?:\\\]|[^\]])*\]|\S+/g)].map((match) => ({
      text: match[0],
      line,
      column: match.index + 1,
    }));
    const [first, second, third] = words;
    if (first === undefined || second === undefined) return [];
    if (first.text === '@include')
      return [{ kind: 'include', service: second.text, type: undefined, line, column: second.column }];
    const type = TYPES.find((one) => one === first.text.replace(/^-/, '').toLowerCase());
    if (type === undefined || third === undefined) return [];
    const { text: named, column } = third;
    if (/^(?:include|substack)$/.test(second.text))
      return [{ kind: 'include', service: named, type, line, column }];
    const mayLack = first.text.startsWith('-');
    return [{ kind: 'module', type, control: second.text, module: named, mayLack, line, column }];
  });
}

const TYPES: readonly PamType[] = ['auth', 'account', 'session', 'password'];

/** A line that ends in a backslash goes on; its words keep the line that it began at. */
function logicalLines(text: string): { content: string; line: number }[] {
  const lines: { content: string; line: number }[] = [];
  let open: { content: string; line: number } | undefined;
  for (const [index, written] of text.split('\n').entries()) {
    const isComment = written.trimStart().startsWith('#');
    const content = isComment ? '' : (written.split('#')[0] ?? '');
    const goesOn = /\\\s*$/.test(content);
    const added = goesOn ? content.replace(/\\\s*$/, ' ') : content;
    open =
      open === undefined ? { content: added, line: index + 1 } : { ...open, content: open.content + added };
    if (goesOn) continue;
    lines.push(open);
    open = undefined;
  }
  return open === undefined ? lines : [...lines, open];
}
