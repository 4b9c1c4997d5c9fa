import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { unitTexts } from './unit-texts.ts';

/** Services that may name the file: their texts have its path, or its last part after a directory that may be its own. */
export function unitsThatMention(host: Host, target: string): string[] {
  const { dir, base } = posix.parse(target);
  const name = escaped(base);
  const end = '(?![\\w.-])';
  const direct = new RegExp(`[%$][\\w{}./-]*/${name}${end}|${escaped(target)}${end}`);
  const apart = [new RegExp(`(?<![\\w.-])${name}${end}`), new RegExp(`${escaped(dir)}(?:/?${end}|/${name})`)];
  // Units share their environment files and scripts: each text is looked through once.
  const has = new Map<string, boolean>();
  const hasBase = (text: string): boolean => {
    const known = has.get(text) ?? text.includes(base);
    has.set(text, known);
    return known;
  };
  return unitTexts(host)
    .filter(({ unit, texts }) => {
      if (!unit.endsWith('.service') || !texts.some(hasBase)) return false;
      const all = texts.join('\n');
      return direct.test(all) || (dir !== '/' && apart.every((pattern) => pattern.test(all)));
    })
    .map(({ unit }) => unit);
}

/** Services whose texts have a program, by the last part of its path. */
export function unitsThatRun(host: Host, program: string): string[] {
  const runs = new RegExp(`/${escaped(program)}(?![\\w.-])`);
  return unitTexts(host)
    .filter(({ unit, texts }) => unit.endsWith('.service') && texts.some((text) => runs.test(text)))
    .map(({ unit }) => unit);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
