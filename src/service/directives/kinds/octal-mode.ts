import { scalar } from './scalar.ts';

/** Permission bits, four octal digits. Source: parse_mode() in src/basic/parse-util.c of systemd 252. */
export const octalMode = scalar('a mode in octal, up to 7777', (text) =>
  /^0*[0-7]{1,4}$/.test(text) ? Number.parseInt(text, 8).toString(8).padStart(4, '0') : undefined,
);
