import { simplePath } from './path.ts';
import { words } from './words.ts';

/** `source:destination:options`, the last two as the first and `rbind` where they are left out. */
export const bindPaths = words({
  read: (word) => {
    const optional = word.startsWith('-') ? '-' : '';
    const [from = '', to, options] = word.slice(optional.length).split(':');
    const source = simplePath(from);
    const destination = to === undefined || to === '' ? source : simplePath(to);
    if (source === undefined || destination === undefined) return undefined;
    if (options !== undefined && !['', 'rbind', 'norbind'].includes(options)) return undefined;
    return `${optional}${source}:${destination}${options === 'norbind' ? '' : ':rbind'}`;
  },
});
