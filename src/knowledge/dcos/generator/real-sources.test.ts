import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RootedHost } from '../../../host/rooted-host.ts';
import { TracedText } from '../../../text/traced-text.ts';
import { type Generator, openGenerator } from './generator.ts';

/**
 * DC/OS's own generator at 1.7, which is not committed here. The directory holds `gen` of dcos/dcos at 41b52e1df
 * as `sources/gen`; what CPython computes with it as `expected/{minimal,rich}/{user_arguments,arguments,
 * rendered.sha256}.json`; and the address script that both were computed with as `ip-detect`.
 */
const directory = process.env['CUTOVER_DCOS_SOURCES'];
if (directory === undefined) {
  process.stderr.write(
    "SKIPPED: DC/OS 1.7's own generator; CUTOVER_DCOS_SOURCES names no directory with it\n",
  );
}

describe.skipIf(directory === undefined)("DC/OS 1.7's own generator", () => {
  const host = new RootedHost(directory ?? '/nonexistent');
  const json = (path: string): Record<string, unknown> => {
    const value: unknown = JSON.parse(new TextDecoder().decode(host.readFile(path)));
    if (typeof value !== 'object' || value === null) throw new Error(`${path} is no object`);
    return { ...value };
  };
  const strings = (path: string) =>
    Object.fromEntries(Object.entries(json(path)).map(([name, value]) => [name, String(value)]));

  function generator(config: string): Generator {
    const environment = new Map([
      ['BOOTSTRAP_VARIANT', ''],
      ['DCOS_IMAGE_COMMIT', '41b52e1df98990aa62910fbc12c052e8fb9c1471'],
    ]);
    const script = new TextDecoder().decode(host.readFile('/ip-detect'));
    const input = (name: string, text: string | undefined) =>
      text === undefined ? null : TracedText.from(text, { kind: 'input', name });
    const opened = openGenerator(host, {
      sources: { host, directory: '/sources' },
      userArguments: strings(`/expected/${config}/user_arguments.json`),
      inputs: {
        environmentVariable: (name) => input(name, environment.get(name)),
        fileContent: (path) => input(path, path === 'genconf/ip-detect' ? script : undefined),
      },
    });
    if (opened === undefined) throw new Error(`${directory}/sources holds no gen/calc.py`);
    return opened;
  }

  for (const config of ['minimal', 'rich']) {
    test(`${config}: every argument is the one that CPython computes`, () => {
      const computed = [...generator(config).neededArguments()].map(([name, argument]) => [
        name,
        argument.kind === 'value' ? argument.text.toString() : argument,
      ]);
      expect(Object.fromEntries(computed)).toEqual(json(`/expected/${config}/arguments.json`));
    });

    test(`${config}: every file is the one that CPython renders, byte for byte`, () => {
      const opened = generator(config);
      const id = opened.argument('config_id');
      if (id.kind !== 'value') throw new Error('no config_id');
      const digests = ['dcos-config', 'dcos-metadata'].flatMap((name) => {
        const rendered = opened.renderedFiles(`${name}.yaml`);
        if (rendered.kind === 'fault') throw new Error(rendered.reason);
        return rendered.files.map(({ path, content, permissions }) => {
          const bytes = Buffer.from(content.toString());
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          const mode = `0o${(permissions ?? '0644').replace(/^0+/, '')}`;
          return [
            `${name}--setup_${id.text.toString()}${path.toString()}`,
            { bytes: bytes.length, mode, sha256 },
          ] as const;
        });
      });
      const expected = Object.entries(json(`/expected/${config}/rendered.sha256.json`));
      expect(Object.fromEntries(digests)).toEqual(
        Object.fromEntries(expected.filter(([name]) => name.includes('/'))),
      );
    });
  }
});
