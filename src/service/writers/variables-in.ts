import type { Host } from '../../host/host.ts';
import type { Writer } from './find-writers.ts';
import { scriptText } from './script-text.ts';

/** The variables that a writer is seen to put into its file: what `echo` and `printf` print, and a line of tmpfiles.d. */
export function variablesIn(host: Host, writer: Writer): string[] {
  if (writer.kind === 'tmpfiles') return namesIn(unescaped(writer.line.text), TMPFILES);
  const script = writer.touch.place === undefined ? undefined : scriptText(host, writer.touch.place.file);
  const text = script ?? writer.text;
  return [...namesIn(text, PRINTED), ...namesInHereDocuments(text)];
}

const PRINTED = /\b(?:echo|printf)\b(?:\s+-[\w-]+){0,3}\s+["']?([A-Za-z_]\w*)=/g;
const TMPFILES = /(?<=\s)["']?([A-Za-z_]\w*)=/g;

function unescaped(line: string): string {
  return line.replaceAll('\\n', '\n');
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

function namesInHereDocuments(text: string): string[] {
  const names: string[] = [];
  let end: string | undefined;
  for (const line of text.split('\n')) {
    if (end === undefined) end = /<<-?\s*["']?(\w+)/.exec(line)?.[1];
    else if (line.trim() === end) end = undefined;
    else names.push(/^\s*([A-Za-z_]\w*)=/.exec(line)?.[1] ?? '');
  }
  return names.filter((name) => name !== '');
}

/** Whether a writer has `NAME=` anywhere in its text. */
export function mentionsVariable(host: Host, writer: Writer, name: string): boolean {
  if (writer.kind === 'tmpfiles') return assigns(unescaped(writer.line.text), name);
  const script = writer.touch.place === undefined ? undefined : scriptText(host, writer.touch.place.file);
  return assigns(script ?? writer.text, name);
}

function assigns(text: string, name: string): boolean {
  return text
    .split(`${name}=`)
    .slice(0, -1)
    .some((before) => !/\w$/.test(before));
}
