import { expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import { CONFIG, explain, GEN, NODE_OF_1_7 } from '../../../../../test/small-dcos-node.ts';

test('a template of many files whose switches are all open does not take for ever', () => {
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
  const start = performance.now();
  expect(explain(host, `${CONFIG}/etc/lamp7`).rerender.result).toBe('different');
  expect(performance.now() - start).toBeLessThan(5_000);
});
