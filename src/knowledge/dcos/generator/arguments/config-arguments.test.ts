import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import { parseYaml } from '../../../../formats/yaml/parse-yaml.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorSources } from '../generator-sources.ts';
import { configArguments } from './config-arguments.ts';
import { withInstallerDefaults } from './installer-defaults.ts';
import { pyValueOfYaml } from './yaml-to-python.ts';

const GEN_WITH = `import json


def stringify_configuration(configuration: dict):
    made = {}
    for key, value in configuration.items():
        if isinstance(value, (list, dict)):
            value = json.dumps(value)
        elif isinstance(value, bool):
            value = 'true' if value else 'false'
        elif isinstance(value, int):
            value = str(value)
        elif not isinstance(value, str):
            raise Exception()
        made[key] = value
    return made
`;

const INSTALLER = `import json
from dcos_installer.util import IP_DETECT_PATH


class Config(dict):
    def __init__(self):
        defaults = """
---
cluster_name: 'ours'
resolvers:
- 192.0.2.53
"""

    def stringify_configuration(self):
        made = {}
        for key, value in self.items():
            if isinstance(value, list):
                value = json.dumps(value)
            elif isinstance(value, int):
                value = str(value)
            made[key] = value
        return made
`;

function sourcesWith(files: Readonly<Record<string, string>>): GeneratorSources {
  const host = rootWith({ '/dcos/gen/calc.py': 'entry = {}\n', ...files });
  return { host, directory: '/dcos/gen' };
}

function config(yaml: string) {
  const parsed = parseYaml(TracedText.literal(yaml, { file: 'config.yaml', line: 1, column: 1 }));
  if (parsed.kind === 'fault') throw new Error(parsed.message);
  return pyValueOfYaml(parsed.root);
}

const YAML = `text: one
quoted: '1'
number: 017
truth: yes
list: [a, 2, {b: off}]
dict: {c: ~}
`;

describe('with the function of gen, from 1.8 on', () => {
  test('all becomes text, and keeps its places', () => {
    const made = configArguments(sourcesWith({ '/dcos/gen/__init__.py': GEN_WITH }), config(YAML));
    if (made.kind === 'crash') throw new Error(made.message);
    expect(
      Object.fromEntries([...made.userArguments].map(([name, text]) => [name, text.toString()])),
    ).toEqual({
      text: 'one',
      quoted: '1',
      number: '15',
      truth: 'true',
      list: '["a", 2, {"b": false}]',
      dict: '{"c": null}',
    });
    expect(made.notStrings.size).toBe(0);
    const slice = made.userArguments.get('list')?.slices.find(({ text }) => text === 'a');
    const place = { file: 'config.yaml', line: 5, column: 8 };
    expect(slice?.origin).toEqual({ kind: 'literal', verbatim: true, place });
  });

  test.each(['1.5', '~', '2016-06-01'])('%s stops it', (value) => {
    expect(
      configArguments(sourcesWith({ '/dcos/gen/__init__.py': GEN_WITH }), config(`x: ${value}\n`)),
    ).toEqual({
      kind: 'crash',
      exception: 'Exception',
      message: '',
      at: { file: '/dcos/gen/__init__.py', line: 14, column: 13 },
    });
  });
});

describe('with the installer of 1.7', () => {
  const files = {
    '/dcos/ext/dcos-installer/dcos_installer/config/__init__.py': INSTALLER,
    '/dcos/ext/dcos-installer/dcos_installer/util/__init__.py': "IP_DETECT_PATH = '/elsewhere/ip-detect'\n",
  };
  const shown = (sources: GeneratorSources, yaml: string) => {
    const made = configArguments(sources, withInstallerDefaults(sources, config(yaml), undefined));
    if (made.kind === 'crash') throw new Error(made.message);
    return {
      ...Object.fromEntries([...made.userArguments].map(([name, text]) => [name, text.toString()])),
      ...Object.fromEntries([...made.notStrings].map(([name, text]) => [name, `not a text: ${text}`])),
    };
  };

  test('a truth value is a number to it, and the rest stays what it is', () => {
    const yaml = "truth: yes\nfloat: 1.50\nnone:\ndict: {a: ['b', 1]}\ncluster_name: theirs\n";
    expect(shown(sourcesWith(files), yaml)).toEqual({
      truth: 'True',
      float: 'not a text: 1.5',
      none: 'not a text: None',
      dict: "not a text: {'a': ['b', 1]}",
      cluster_name: 'theirs',
      resolvers: '["192.0.2.53"]',
      ip_detect_filename: '/elsewhere/ip-detect',
      ssh_key_path: '/genconf/ssh_key',
      provider: 'onprem',
    });
  });

  test('is assumed where the sources come without one', () => {
    expect(shown(sourcesWith({}), 'truth: yes\n')).toEqual({
      truth: 'True',
      cluster_name: 'DCOS',
      master_discovery: 'static',
      exhibitor_storage_backend: 'static',
      resolvers: '["8.8.8.8", "8.8.4.4"]',
      ssh_port: '22',
      process_timeout: '10000',
      bootstrap_url: 'file:///opt/dcos_install_tmp',
      ip_detect_filename: '/genconf/ip-detect',
      ssh_key_path: '/genconf/ssh_key',
      provider: 'onprem',
    });
  });
});
