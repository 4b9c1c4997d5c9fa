import { expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import { CONFIG, explain, GEN, NODE_OF_1_7 } from '../../../../../test/small-dcos-node.ts';
import { openGenerator } from '../generator.ts';
import { type Recovering, recoverConfig } from './recover-config.ts';

test('a template of many files whose switches are all open is rendered in so many ways and no more', () => {
  const switches = ['a', 'b', 'c', 'd', 'e', 'f'].map(
    (name) => `{% switch ${name} %}{% case "1" %}      1\n{% case "2" %}      2\n{% endswitch %}\n`,
  );
  const names = Array.from({ length: 150 }, (_, index) => `/etc/lamp${index}`);
  const items = names.map(
    (name) => `  - path: ${name}\n    content: |\n      X={{ x }}\n${switches.join('')}`,
  );
  const host = rootWith({
    ...NODE_OF_1_7,
    [`${GEN}/dcos-config.yaml`]: `package:\n${items.join('')}`,
    ...Object.fromEntries(names.map((name) => [`${CONFIG}${name}`, 'X=1\nnone of these\n'])),
  });
  expect(explain(host, `${CONFIG}/etc/lamp7`).rerender.result).toBe('different');
  let asked = 0;
  const generator = openGenerator(host);
  if (generator === undefined) throw new Error('the node has no generator');
  const counting: Recovering = {
    template: (name) => generator.template(name),
    argument: (name) => {
      asked += 1;
      return generator.argument(name);
    },
    settersOf: (name) => generator.settersOf(name),
    withMore: () => counting,
  };
  expect(recoverConfig(host, counting).values).toEqual(new Map());
  // All ways of all files are 9600 renderings, each of which asks for seven arguments; a thousand are made.
  expect(asked).toBeGreaterThan(7000);
  expect(asked).toBeLessThan(9600 * 7 * 0.5);
});
