import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../../test/root-with.ts';
import { RootedHost } from '../../../host/rooted-host.ts';
import { hopsOf } from '../../../text/hop.ts';
import type { Place } from '../../../text/place.ts';
import type { TracedText } from '../../../text/traced-text.ts';
import type { GeneratedFile } from './explain/generated-file.ts';
import { openGenerator } from './generator.ts';

const IMAGE = '/opt/mesosphere/packages/dcos-image--75d4ba1419141c3d791b9eaa90f4483503b17777';
const GEN = `${IMAGE}/lib/python3.4/site-packages/gen`;
const CONFIG = '/opt/mesosphere/packages/dcos-config--setup_0a1b2c';

const CALC = `import json
__defaults = ['cgroups/cpu', 'cgroups/mem']
__stats = 'com_mesosphere_StatsIsolatorModule'


def count(master_list):
    return str(len(json.loads(master_list)))


def modules(names):
    return json.dumps({'libraries': names, 'loaded': 'true'}, indent=2).replace('\\n', '\\n      ')


entry = {
    'default': {'gc_delay': '2days', 'oauth_enabled': 'true'},
    'must': {
        'isolation': ','.join(__defaults + [
            __stats]),
        'quorum': lambda num_masters: str(int(num_masters) // 2 + 1),
        'modules_json': modules([__stats]),
        'oauth': lambda oauth_enabled: oauth_enabled.upper(),
    },
    'conditional': {
        'master_discovery': {
            'static': {'must': {'num_masters': count}},
            'vrrp': {}}}}
`;

const TEMPLATE = `package:
  - path: /etc/mesos-slave-common
    content: |
      MESOS_ISOLATION={{ isolation }}
      MESOS_GC_DELAY={{ gc_delay }}
  - path: /etc/mesos-slave-modules.json
    content: |
      {{ modules_json }}
  - path: /etc/mesos-master
    content: |
      MESOS_CLUSTER={{ cluster_name }}
      MESOS_QUORUM={{ quorum }}
  - path: /etc/names
    content: |
      {{ cluster_name }}{{ domain }}
  - path: /etc/oauth.env
    content: |
      OAUTH={{ oauth }}
{% switch oauth_enabled %}
{% case "true" %}
      ISSUER=https://dcos.auth0.com/
{% case "false" %}
      ISSUER=
{% endswitch %}
{% switch master_discovery %}
{% case "static" %}
  - path: /etc/dns_config
    content: |
      MASTER_SOURCE=master_list
      MASTERS={{ num_masters }}
{% case "vrrp" %}
  - path: /etc/dns_config
    content: |
      MASTER_SOURCE=exhibitor
{% endswitch %}
  - path: /bin/detect_ip
    permissions: "0755"
    content: {{ ip_detect_contents }}
`;

const SOURCES = {
  '/opt/mesosphere/active/dcos-image': `-> ${IMAGE}`,
  [`${GEN}/calc.py`]: CALC,
  [`${GEN}/dcos-config.yaml`]: TEMPLATE,
};

/** How the node's file was made, with this text in it. */
function explained(path: string, text: string): GeneratedFile {
  const host = rootWith({
    ...SOURCES,
    [`${CONFIG}${path}`]: text,
    [`/opt/mesosphere${path}`]: `-> ${CONFIG}${path}`,
  });
  const file = openGenerator(host)?.explain(`/opt/mesosphere${path}`);
  if (file === undefined) throw new Error('not explained');
  return file;
}

const at = ({ file, line, column }: Place) => `${file.replace(`${GEN}/`, '')}:${line}:${column}`;

/** Each slice of a text: where it was written, then the hops that it came by. */
function ways(text: TracedText): string[] {
  return text.slices.map((slice) => {
    const { origin, via } = slice;
    const origins = `${origin.kind}${'name' in origin ? ` ${origin.name}` : ''} ${origin.place === undefined ? '' : at(origin.place)}`;
    return [
      slice.text,
      origins,
      ...hopsOf(via).map((hop) => `${hop.kind} ${at(hop.place)} ${hop.text}`),
    ].join(' < ');
  });
}

function lineOf(file: GeneratedFile, start: string): TracedText {
  const text = file.content.toString();
  const from = text.indexOf(start);
  return file.content.slice(from, text.indexOf('\n', from));
}

const COMMON = `MESOS_ISOLATION=cgroups/cpu,cgroups/mem,com_mesosphere_StatsIsolatorModule
MESOS_GC_DELAY=2days
`;

describe('a file that the sources make just so', () => {
  test('is identical, and each character knows its way from the literal in calc.py', () => {
    const file = explained('/etc/mesos-slave-common', COMMON);
    expect(file.rerender).toEqual({ kind: 'identical', by: 'bytes' });
    expect(file.content.toString()).toBe(COMMON);
    expect(file.package).toBe('dcos-config--setup_0a1b2c');
    expect(at(file.template)).toBe('dcos-config.yaml:2:11');
    expect(file.unknownArguments).toEqual([]);
    const tag = 'template dcos-config.yaml:4:23 {{ isolation }}';
    const join = "expression calc.py:17:22 ','.join(__defaults + [__stats])";
    const defaults = "constant calc.py:2:1 __defaults = ['cgroups/cpu', 'cgroups/mem']";
    const stats = "constant calc.py:3:1 __stats = 'com_mesosphere_StatsIsolatorModule'";
    expect(ways(lineOf(file, 'MESOS_ISOLATION='))).toEqual([
      'MESOS_ISOLATION= < literal dcos-config.yaml:4:7',
      `cgroups/cpu < literal calc.py:2:16 < ${tag} < ${join} < ${defaults}`,
      `, < literal calc.py:17:23 < ${tag} < ${join}`,
      `cgroups/mem < literal calc.py:2:31 < ${tag} < ${join} < ${defaults}`,
      `, < literal calc.py:17:23 < ${tag} < ${join}`,
      `com_mesosphere_StatsIsolatorModule < literal calc.py:3:12 < ${tag} < ${join} < ${stats}`,
    ]);
  });

  test('a function on the way is a hop, at the return that made the value', () => {
    const json = `{
  "libraries": [
    "com_mesosphere_StatsIsolatorModule"
  ],
  "loaded": "true"
}
`;
    const file = explained('/etc/mesos-slave-modules.json', json);
    expect(file.rerender).toEqual({ kind: 'identical', by: 'bytes' });
    const name = ways(file.content).find((way) => way.startsWith('com_'));
    expect(name?.split(' < ').slice(1)).toEqual([
      'literal calc.py:3:12',
      'template dcos-config.yaml:8:7 {{ modules_json }}',
      'expression calc.py:20:25 modules([__stats])',
      "function calc.py:11:5 return json.dumps({'libraries': names, 'loaded': 'true'}, indent=2).replace('\\n', '\\n      ')",
      "constant calc.py:3:1 __stats = 'com_mesosphere_StatsIsolatorModule'",
    ]);
  });

  test('JSON in another order of keys is identical by meaning, and explained in the order of the file', () => {
    const json = '{"loaded": "true", "libraries": ["com_mesosphere_StatsIsolatorModule"]}\n';
    const file = explained('/etc/mesos-slave-modules.json', json);
    expect(file.rerender).toMatchObject({ kind: 'identical', by: 'meaning' });
    expect(file.content.toString()).toBe(json);
    const origins = ways(file.content).filter((way) => /^(?:true|com_|, )/.test(way));
    expect(origins.map((way) => way.split(' < ').slice(0, 2).join(' < '))).toEqual([
      'true < literal calc.py:11:55',
      `,  < derived ${CONFIG}/etc/mesos-slave-modules.json:1:18`,
      'com_mesosphere_StatsIsolatorModule < literal calc.py:3:12',
    ]);
  });
});

describe('what only the operator said', () => {
  test('is an input, recovered from the file itself', () => {
    const file = explained('/etc/mesos-master', 'MESOS_CLUSTER=gpus 2016\nMESOS_QUORUM=2\n');
    expect(file.rerender).toEqual({
      kind: 'identical',
      by: 'bytes',
      takenFromFile: ['cluster_name', 'quorum'],
    });
    expect(ways(lineOf(file, 'MESOS_CLUSTER='))).toEqual([
      'MESOS_CLUSTER= < literal dcos-config.yaml:11:7',
      `gpus 2016 < input cluster_name ${CONFIG}/etc/mesos-master:1:15 < template dcos-config.yaml:11:21 {{ cluster_name }}`,
    ]);
    const config = "only the operator's config says it";
    const depends = `it is calculated from num_masters: it depends on master_discovery: ${config}`;
    expect(file.unknownArguments).toMatchObject([
      { name: 'cluster_name', reason: config, recovered: 'gpus 2016' },
      { name: 'quorum', reason: depends, recovered: '2' },
    ]);
  });

  test('a default that was overridden is an input too', () => {
    const file = explained('/etc/mesos-slave-common', COMMON.replace('2days', '1hrs'));
    expect(file.rerender).toEqual({ kind: 'identical', by: 'bytes', takenFromFile: ['gc_delay'] });
    expect(file.unknownArguments).toMatchObject([
      { name: 'gc_delay', reason: "the operator's config may have set it", recovered: '1hrs' },
    ]);
  });

  test('a switch that was not decided takes the case that fits', () => {
    const file = explained('/etc/dns_config', 'MASTER_SOURCE=exhibitor\n');
    expect(file.rerender).toEqual({ kind: 'identical', by: 'bytes', takenFromFile: ['master_discovery'] });
    expect(file.unknownArguments).toMatchObject([
      { name: 'master_discovery', reason: 'a switch depends on it', recovered: 'vrrp' },
    ]);
    expect(at(file.template)).toBe('dcos-config.yaml:32:11');
  });

  test('of cases that all differ, the one that fits furthest is told', () => {
    const file = explained('/etc/dns_config', 'MASTER_SOURCE=exhibitor\nEXHIBITOR_ADDRESS=192.0.2.9\n');
    expect(file.rerender).toEqual({
      kind: 'different',
      line: 2,
      column: 1,
      expected: '',
      found: 'EXHIBITOR_ADDRESS=192.0.2.9',
    });
    expect(file.unknownArguments).toEqual([{ name: 'master_discovery', reason: 'a switch depends on it' }]);
  });

  test('a switch among the lines of a file is undone when the default does not fit', () => {
    const file = explained('/etc/oauth.env', 'OAUTH=FALSE\n\nISSUER=\n');
    expect(file.rerender).toEqual({
      kind: 'identical',
      by: 'bytes',
      takenFromFile: ['oauth', 'oauth_enabled'],
    });
    expect(file.unknownArguments.map(({ name, recovered }) => [name, recovered])).toEqual([
      ['oauth_enabled', 'false'],
      ['oauth', 'FALSE'],
    ]);
  });

  test('two unknown values side by side can not be told apart', () => {
    const file = explained('/etc/names', 'gpus.example.com\n');
    expect(file.rerender).toEqual({
      kind: 'not-possible',
      reason: 'the file fits the template in more than one way',
    });
    expect(file.content.toString()).toBe('{{ cluster_name }}{{ domain }}\n');
  });

  test('a whole file may be unknown', () => {
    const file = explained('/bin/detect_ip', '#!/bin/sh\necho 192.0.2.11\n');
    expect(file.rerender).toEqual({ kind: 'identical', by: 'bytes', takenFromFile: ['ip_detect_contents'] });
    expect(file.content.slices.map(({ origin }) => origin.kind)).toEqual(['input']);
  });
});

describe('a file that does not fit', () => {
  test('is different, from the first line that is', () => {
    const file = explained('/etc/mesos-slave-common', COMMON.replace('cgroups/mem', 'posix/mem'));
    expect(file.rerender).toEqual({
      kind: 'different',
      line: 1,
      column: 29,
      expected: 'MESOS_ISOLATION=cgroups/cpu,cgroups/mem,com_mesosphere_StatsIsolatorModule',
      found: 'MESOS_ISOLATION=cgroups/cpu,posix/mem,com_mesosphere_StatsIsolatorModule',
    });
    expect(file.content.toString()).toBe(COMMON);
  });

  test('is not compared when it is not there', () => {
    const host = rootWith(SOURCES);
    const file = openGenerator(host)?.explain(`${CONFIG}/etc/mesos-slave-common`);
    expect(file?.rerender).toEqual({
      kind: 'not-possible',
      reason: `${CONFIG}/etc/mesos-slave-common: no such file`,
    });
    expect(file?.content.toString()).toBe(COMMON);
  });
});

describe('where there is nothing to explain', () => {
  test('no sources, no file of the generator, no templates', () => {
    expect(openGenerator(rootWith({ '/opt/mesosphere/etc/mesos-slave-common': COMMON }))).toBeUndefined();
    const generator = openGenerator(rootWith({ ...SOURCES, '/etc/hostname': 'node\n' }));
    expect(generator?.explain('/etc/hostname')).toBeUndefined();
    expect(generator?.explain('/opt/mesosphere/etc/mesos-master-provider')).toBeUndefined();
    const bare = openGenerator(
      rootWith({
        [`${GEN}/calc.py`]: 'print "Python 2"\n',
        '/opt/mesosphere/etc/mesos-slave-common': COMMON,
      }),
    );
    expect(bare?.explain('/opt/mesosphere/etc/mesos-slave-common')).toBeUndefined();
  });

  test('sources that are no Python make nothing, but the lines of the template are found', () => {
    const host = rootWith({
      ...SOURCES,
      [`${GEN}/calc.py`]: 'print "Python 2"\n',
      [`${CONFIG}/etc/mesos-slave-common`]: COMMON,
    });
    const file = openGenerator(host)?.explain(`${CONFIG}/etc/mesos-slave-common`);
    expect(file?.rerender).toEqual({
      kind: 'not-possible',
      reason: `isolation is not known: the sources could not be read: not Python 3: invalid syntax (${GEN}/calc.py:1:7)`,
    });
    expect(file?.content.toString()).toBe(COMMON);
    expect(file?.unknownArguments.map(({ name }) => name)).toEqual(['isolation', 'gc_delay']);
  });
});

test('the DC/OS 1.7 fixture: the design page’s sample, from sources that are not on the node', () => {
  const fixture = new RootedHost(new URL('../../../../test/fixtures/dcos-1.7', import.meta.url).pathname);
  const path = '/packages/dcos-config/etc/mesos-slave-common';
  const node = rootWith({
    [`${CONFIG}/etc/mesos-slave-common`]: new TextDecoder().decode(fixture.readFile(path)),
  });
  const directory = '/packages/dcos-image/lib/python3.4/site-packages';
  const file = openGenerator(node, { sources: { host: fixture, directory } })?.explain(
    `${CONFIG}/etc/mesos-slave-common`,
  );
  if (file === undefined) throw new Error('not explained');
  expect(file.rerender).toEqual({ kind: 'identical', by: 'bytes' });
  const short = (text: string) => text.replaceAll(`${directory}/`, '');
  const value = lineOf(file, 'MESOS_ISOLATION=').slice(16);
  expect(ways(value.slice(0, 11)).map(short)).toEqual([
    [
      'cgroups/cpu',
      'literal gen/calc.py:275:6',
      'template gen/dcos-config.yaml:81:23 {{ mesos_isolation_modules }}',
      "expression gen/calc.py:338:36 ','.join(__default_isolation_modules + [__stats_isolator_slave_module_name])",
      'constant gen/calc.py:274:1 __default_isolation_modules = [',
    ].join(' < '),
  ]);
  expect(value.slices.map(({ text, origin }) => `${text} ${origin.place?.line}`)).toEqual([
    'cgroups/cpu 275',
    ', 338',
    'cgroups/mem 276',
    ', 338',
    'posix/disk 277',
    ', 338',
    'com_mesosphere_StatsIsolatorModule 249',
  ]);
});
