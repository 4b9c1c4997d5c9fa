import { expect, test } from 'vitest';
import { LAMP_ENV, lampGenerator } from '../../../test/lamp-generator.ts';
import { rootWith } from '../../../test/root-with.ts';
import type { FileTrace } from '../../documents/file-trace.ts';
import { KnownHost } from '../../graph/known-host.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { TracedText } from '../../text/traced-text.ts';
import { traceFile } from './trace-file.ts';

const UNIT = '/usr/lib/systemd/system/lamp.service';
const CONFIG = '/etc/lamp.yaml';
const KEY = ['-----BEGIN PRIVATE KEY-----', 'dim', '-----END PRIVATE KEY-----', ''];

function known(files: Parameters<typeof rootWith>[0], knowledge: Knowledge): KnownHost {
  const unit = ['[Service]', 'EnvironmentFile=/etc/lamp.env', `ExecStart=/bin/lamp ${CONFIG}`, ''].join('\n');
  return new KnownHost(rootWith({ [UNIT]: unit, '/etc/lamp.env': LAMP_ENV, ...files }), {
    knowledge: [knowledge],
  });
}

/** Makes the config of a text that its sources do not give: they say another first line. */
function makes(text: string): Knowledge {
  const origin = { kind: 'derived', rule: 'lamp' } as const;
  return {
    id: 'lamp',
    explainFile: (host, path) => {
      if (path !== CONFIG) return undefined;
      const found = new TextDecoder().decode(host.readFile(path)).split('\n');
      const made = text.split('\n');
      const at = made.findIndex((line, index) => line !== found[index]);
      return {
        path,
        content: TracedText.from(text, origin),
        rerender:
          at === -1
            ? { result: 'identical' }
            : {
                result: 'different',
                line: at + 1,
                column: 1,
                expected: made[at] ?? '',
                found: found[at] ?? '',
              },
      };
    },
  };
}

function everything(host: KnownHost, path: string, lines: number): FileTrace[] {
  const asked = [{ path }, ...Array.from({ length: lines }, (_, index) => ({ path, line: index + 1 }))];
  return asked.map((one) => traceFile(host, one, { showSecrets: false }));
}

test('a line of a generated file of secrets that its sources do not give is not shown: nothing tells what it is', () => {
  const host = known(
    { '/etc/lamp.env': LAMP_ENV.replace('dim,red', 'auk,owl').replace('gull', 'tern') },
    lampGenerator,
  );
  const traces = everything(host, '/etc/lamp.env', 4);
  expect(traces.map(({ text }) => text)).toEqual([undefined, null, 'KEEPER=Ida', null, 'HARBOUR=north']);
  expect(JSON.stringify(traces.slice(1))).not.toMatch(/auk|tern/);
  expect(traces[0]?.generated?.rerender).toMatchObject({ expected: 'LAMP=dim,red', found: '(secret)' });
});

test('a value below its name is as secret as one beside it', () => {
  const yaml = ['"keeper": |-', '  Ida', '"keeper_password": |-', '  gull', '"lamp": |-', '  dim', ''].join(
    '\n',
  );
  const host = known({ [CONFIG]: yaml.replace('Ida', 'Una').replace('gull', 'tern') }, makes(yaml));
  const traces = everything(host, CONFIG, 6);
  expect(traces.map(({ text }) => text)).toEqual([
    undefined,
    '"keeper": |-',
    '  Una',
    '"keeper_password": |-',
    null,
    '"lamp": |-',
    '  dim',
  ]);
  expect(JSON.stringify(traces)).not.toMatch(/gull|tern/);
});

test('a difference within a private key shows neither key', () => {
  const host = known({ [CONFIG]: KEY.join('\n').replace('dim', 'red') }, makes(KEY.join('\n')));
  expect(everything(host, CONFIG, 0)[0]?.generated?.rerender).toMatchObject({
    line: 2,
    expected: '(secret)',
    found: '(secret)',
  });
});

test('of a generated file for its owner alone no line is shown that its sources do not give', () => {
  const made = 'lamp: dim\nharbour: north\n';
  const host = known({ [CONFIG]: { text: made.replace('dim', 'gull'), mode: 0o600 } }, makes(made));
  const traces = everything(host, CONFIG, 2);
  expect(traces.map(({ text }) => text)).toEqual([undefined, null, 'harbour: north']);
  expect(JSON.stringify(traces)).not.toContain('gull');
});

test('a command line with a secret is hidden on its line', () => {
  const unit = ['[Service]', 'ExecStart=/bin/lamp \\', '  --password \\', '  gull --dim', ''].join('\n');
  const host = known({ [UNIT]: unit }, lampGenerator);
  const traces = everything(host, UNIT, 4);
  expect(JSON.stringify(traces)).not.toContain('gull');
});
