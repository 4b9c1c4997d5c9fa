import type { Host } from '../../host/host.ts';
import type { Writer } from './find-writers.ts';
import { scriptText } from './script-text.ts';

/** The variables that a writer is seen to put into its file: what `echo` and `printf` print, and a line of tmpfiles.d. */
export function variablesIn(host: Host, writer: Writer): string[] {
  if (writer.kind === 'tmpfiles') return namesIn(writer.line.text, TMPFILES);
  const script = writer.touch.place === undefined ? undefined : scriptText(host, writer.touch.place.file);
  const text = script ?? writer.text;
  const documents = [...text.matchAll(HERE_DOCUMENT)].flatMap(([, , body = '']) => namesIn(body, LINES));
  return [...namesIn(text, PRINTED), ...documents];
}

const PRINTED = /\b(?:echo|printf)\b(?:\s+-\w+)*\s+["']?([A-Za-z_]\w*)=/g;
const HERE_DOCUMENT = /<<-?\s*["']?(\w+)["']?[^\n]*\n([^]*?)\n\s*\1\b/g;
const LINES = /^\s*([A-Za-z_]\w*)=/gm;
const TMPFILES = /(?<=\s|\\n)["']?([A-Za-z_]\w*)=/g;

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

/** Whether a writer has `NAME=` anywhere in its text. */
export function mentionsVariable(host: Host, writer: Writer, name: string): boolean {
  if (writer.kind === 'tmpfiles') return assigns(writer.line.text, name);
  const script = writer.touch.place === undefined ? undefined : scriptText(host, writer.touch.place.file);
  return assigns(script ?? writer.text, name);
}

function assigns(text: string, name: string): boolean {
  return text
    .split(`${name}=`)
    .slice(0, -1)
    .some((before) => !/\w$/.test(before));
}
