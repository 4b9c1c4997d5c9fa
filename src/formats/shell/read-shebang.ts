/**
 * The interpreter and its one argument, as execve(2) reads `#!` lines; undefined for anything else. A carriage return is no
 * blank to it: a file that was written on Windows asks for an interpreter `/bin/sh\r`. Source: fs/binfmt_script.c of Linux.
 */
export function readShebang(
  start: string,
): { interpreter: string; argument: string | undefined } | undefined {
  const match = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/.exec(`${start}\n`);
  const interpreter = match?.[1];
  return interpreter === undefined ? undefined : { interpreter, argument: match?.[2] || undefined };
}

/** Whether scripts for this interpreter are written in the POSIX shell language or a superset of it. */
export function isShell(interpreter: string, argument: string | undefined): boolean {
  const base = interpreter.split('/').at(-1) ?? '';
  const program = base === 'env' ? (argument?.split(/\s+/)[0] ?? '') : base;
  return ['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh'].includes(program);
}
