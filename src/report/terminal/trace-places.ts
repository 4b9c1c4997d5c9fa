import { safe } from './screen.ts';

interface ShownPlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number | undefined;
}

/** A place; of a file below `base`, a directory that a heading names, only what is below it. */
export function placeText({ file, line, column }: ShownPlace, base: string): string {
  return `${fileText(file, base)}:${line}${column === undefined ? '' : `:${column}`}`;
}

export function fileText(file: string, base: string): string {
  return safe(base !== '' && file.startsWith(`${base}/`) ? file.slice(base.length + 1) : file);
}

/**
 * The directory that paths need not repeat: what they have in common, less one level, which keeps the folder's own
 * name in sight: gen/calc.py rather than calc.py. Empty where they have nothing to speak of in common.
 */
export function commonDirectory(files: readonly string[]): string {
  const [first, ...rest] = [...new Set(files)].map((file) => file.split('/').slice(0, -1));
  if (first === undefined) return '';
  const isCommon = (index: number): boolean =>
    rest.every((other) => first.slice(0, index + 1).every((part, at) => part === other[at]));
  const common = first.filter((_, index) => isCommon(index));
  return common.length > 2 ? common.slice(0, -1).join('/') : '';
}
