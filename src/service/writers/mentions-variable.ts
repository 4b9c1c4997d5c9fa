import type { Host } from '../../host/host.ts';
import type { Writer } from './find-writers.ts';
import { scriptText } from './script-text.ts';

/** Whether the command, the script that writes or the line of tmpfiles.d has `NAME=` in its text. */
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
