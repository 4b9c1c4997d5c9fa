import { simplePath } from './path.ts';
import { words } from './words.ts';

/** `path:options`, without the colon where there are none. */
export const temporaryFileSystems = words({
  read: (word) => {
    const [path, ...options] = word.split(':');
    const simple = simplePath(path ?? '');
    if (simple === undefined) return undefined;
    return options.join(':') === '' ? simple : `${simple}:${options.join(':')}`;
  },
});
