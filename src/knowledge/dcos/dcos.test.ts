import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import {
  CONFIG,
  explain,
  GEN,
  installed,
  MADE,
  NODE_OF_1_7,
  NODE_OF_1_8,
  short,
  SOURCES,
  TEMPLATE,
  USER,
  VERSION,
} from '../../../test/small-dcos-node.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import { showPlace } from '../../text/place.ts';
import type { TracedText } from '../../text/traced-text.ts';
import type { GeneratorGiven } from '../knowledge.ts';
import { dcos } from './dcos.ts';

const REFUSAL =
  'the generator refuses a config.yaml that sets it ("must be calculated, but was explicitly set in the configuration")';

/** A host with the operator's config.yaml, as it comes from elsewhere. */
const config = (text: string): GeneratorGiven => ({
  config: { host: rootWith({ '/home/config.yaml': text }), path: '/home/config.yaml' },
});

/** Each run of a text: how and where it was written. */
function origins(text: TracedText): string[] {
  return text.slices.map(({ text: run, origin }) => {
    const name = origin.kind === 'input' ? ` ${origin.name}` : '';
    const at = origin.place === undefined ? '' : ` ${short(showPlace(origin.place))}`;
    return `${JSON.stringify(run)} ${origin.kind}${name}${at}`;
  });
}

function refusal(ask: () => unknown): CouldNotRun {
  try {
    ask();
  } catch (error) {
    if (error instanceof CouldNotRun) return error;
    throw error;
  }
  throw new Error('it was answered');
}

describe('a node that recorded no config (1.7)', () => {
  test('tells its config by its own files: what one tells explains the others', () => {
    const file = explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/mesos-master');
    expect(file.rerender).toEqual({ result: 'identical', takenFromFile: ['cluster_name'] });
    expect(origins(file.content).filter((run) => !run.includes('dcos-config.yaml'))).toEqual([
      '"gpus 2016" input cluster_name dcos-config/etc/mesos-master:1:15',
      '"2" derived gen/calc.py:26:39',
    ]);
  });

  test('the package’s id tells whether what was recovered is all of it', () => {
    const host = rootWith({
      ...NODE_OF_1_7,
      '/etc/mesosphere/setup-flags/repository-url': 'http://192.0.2.10\n',
    });
    expect(explain(host, '/opt/mesosphere/etc/mesos-master').notes).toEqual([
      "the operator's config was recovered from the node's files (admin_password, bootstrap_url, cluster_name, domain, master_discovery, master_list) and is all of it: its hash is the id of dcos-config--setup_372ebc26a3a0187a994cd858db9fcb150bea6b20",
    ]);
    expect(explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/mesos-master').notes).toBeUndefined();
  });

  test('which files there are tells the case of a switch', () => {
    const { '/etc/master_list': _, '/etc_master/dns_config': __, ...others } = MADE;
    const files = {
      ...others,
      '/etc/keepalived': 'ROUTER=51\n',
      '/etc/mesos-master': MADE['/etc/mesos-master'],
    };
    const host = rootWith({ ...SOURCES, ...VERSION, ...installed(files) });
    const file = explain(host, '/opt/mesosphere/etc/keepalived');
    expect(file.rerender).toEqual({ result: 'identical', takenFromFile: ['master_discovery'] });
    expect(origins(file.content)[1]).toBe('"51" literal gen/calc.py:35:42');
  });

  test('a file that fits in two ways is told by another one', () => {
    const file = explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/names');
    expect(file.rerender).toEqual({ result: 'identical' });
    expect(origins(file.content)).toEqual([
      '"gpus 2016" input cluster_name dcos-config/etc/mesos-master:1:15',
      '".example.com" input domain dcos-config/etc/domain:1:1',
      '"\\n" literal gen/dcos-config.yaml:14:37',
    ]);
  });

  test('what two files tell differently is left to each, and said', () => {
    const host = rootWith({
      ...NODE_OF_1_7,
      ...installed({ '/etc/domain': '.example.com\n' }),
      [`${CONFIG}/etc/domain`]: '.example.org\n',
      [`${GEN}/dcos-config.yaml`]: `${TEMPLATE}  - path: /etc/domain2\n    content: |\n      {{ domain }}\n`,
      ...installed({ '/etc/domain2': '.example.com\n' }),
    });
    const file = explain(host, '/opt/mesosphere/etc/mesos-master');
    expect(file.notes?.map(short)).toEqual([
      'dcos-config/etc/domain:1 and dcos-config/etc/domain2:1 tell different values of domain',
    ]);
  });

  test('a default that was overridden is an input', () => {
    const files = {
      ...MADE,
      '/etc/mesos-slave-common': MADE['/etc/mesos-slave-common'].replace('2days', '9days'),
    };
    const host = rootWith({ ...SOURCES, ...VERSION, ...installed(files) });
    const file = explain(host, '/opt/mesosphere/etc/mesos-slave-common');
    expect(file.rerender).toEqual({ result: 'identical', takenFromFile: ['gc_delay'] });
    expect(origins(file.content).filter((run) => /days|602/.test(run))).toEqual([
      '"9days" input gc_delay dcos-config/etc/mesos-slave-common:2:16',
      '"602edc1b" input DCOS_IMAGE_COMMIT etc/dcos-version.json:3:25',
    ]);
    expect(file.argument?.('gc_delay')).toMatchObject({ settable: true });
  });

  test('a file of a role, and one that no package holds', () => {
    const host = rootWith({
      ...NODE_OF_1_7,
      '/etc/mesosphere/setup-flags/repository-url': 'http://192.0.2.10\n',
      '/etc/mesosphere/roles/master': '',
    });
    expect(explain(host, '/opt/mesosphere/etc/dns_config').rerender).toEqual({ result: 'identical' });
    const url = explain(host, '/etc/mesosphere/setup-flags/repository-url');
    expect(origins(url.content)[0]).toBe(
      '"http://192.0.2.10" input bootstrap_url /etc/mesosphere/setup-flags/repository-url:1:1',
    );
  });

  test('a file that the sources do not make with this config', () => {
    const host = rootWith({ ...NODE_OF_1_8, ...installed({ '/etc/keepalived': 'ROUTER=51\n' }) });
    expect(explain(host, '/opt/mesosphere/etc/keepalived').rerender).toEqual({
      result: 'not-possible',
      reason: 'by its sources there is no such file: master_discovery is "static"',
    });
  });

  test('other files are none of the generator’s', () => {
    const host = rootWith({ ...NODE_OF_1_7, '/etc/hostname': 'node\n', '/opt/mesosphere/etc/other': '' });
    expect(dcos.explainFile?.(host, '/etc/hostname', {})).toBeUndefined();
    expect(dcos.explainFile?.(host, '/opt/mesosphere/etc/other', {})).toBeUndefined();
    expect(dcos.explainFile?.(rootWith({ '/etc/hostname': '' }), '/etc/hostname', {})).toBeUndefined();
  });
});

describe('a node that recorded its config (1.8 and later)', () => {
  test('needs nothing else: the config is an input from there', () => {
    const file = explain(rootWith(NODE_OF_1_8), '/opt/mesosphere/etc/names');
    expect(file.rerender).toEqual({ result: 'identical' });
    expect(origins(file.content).slice(0, 2)).toEqual([
      '"gpus 2016" input cluster_name etc/user.config.yaml:6:3',
      '".example.com" input domain etc/user.config.yaml:8:3',
    ]);
    expect(file.notes).toBeUndefined();
  });

  test('what is hidden there is told by the file itself', () => {
    const host = rootWith({ ...NODE_OF_1_8, '/opt/mesosphere/etc/user.config.yaml': USER });
    const file = explain(host, '/opt/mesosphere/etc/oauth.env');
    expect(file.rerender).toEqual({ result: 'identical', takenFromFile: ['admin_password'] });
    expect(origins(file.content)[1]).toBe('"opensesame" input admin_password dcos-config/etc/oauth.env:1:16');
  });
});

const CONFIG_YAML = `cluster_name: gpus 2016
domain: .example.com
master_discovery: static
bootstrap_url: http://192.0.2.10
admin_password: opensesame
master_list:
- 192.0.2.11
- 192.0.2.12
- 192.0.2.13
`;

describe('a value that was told when the cluster was launched', () => {
  const late = '/opt/mesosphere/packages/dcos-provider-0a1b-aws--setup';
  const node = {
    ...SOURCES,
    [`${GEN}/calc.py`]:
      "from gen.internals import Late\nentry = {'must': {'region': Late('{ \"Ref\" : \"AWS::Region\" }')}}\n",
    [`${GEN}/internals.py`]: 'class Late:\n    pass\n',
    [`${GEN}/dcos-config.yaml`]:
      'package:\n  - path: /etc/region\n    content: |\n      REGION={{ region }}\n',
    [`${late}/etc/region`]: 'REGION=eu-west-1\n',
    '/opt/mesosphere/etc/region': `-> ${late}/etc/region`,
  };

  test('is an input from the config that the cloud gave the node', () => {
    const bound =
      'late_bound_package_id: dcos-provider-0a1b-aws--setup\nbound_values:\n  region: eu-west-1\n';
    const host = rootWith({ ...node, '/etc/mesosphere/setup-flags/late-config.yaml': bound });
    const file = explain(host, '/opt/mesosphere/etc/region');
    expect(file.rerender).toEqual({ result: 'identical' });
    expect(origins(file.content)[1]).toBe(
      '"eu-west-1" input region /etc/mesosphere/setup-flags/late-config.yaml:3:11',
    );
  });

  test('or else from the file itself', () => {
    const file = explain(rootWith(node), '/opt/mesosphere/etc/region');
    expect(file.rerender).toEqual({ result: 'identical', takenFromFile: ['region'] });
    expect(origins(file.content)[1]).toBe(`"eu-west-1" input region ${late}/etc/region:1:8`);
    expect(file.argument?.('region')).toMatchObject({
      settable: false,
      why: `must, told by the cloud when the cluster is launched, in gen/calc.py:2: ${REFUSAL}`,
    });
  });
});

describe('--config', () => {
  test('each value points to its line, items of a list to theirs', () => {
    const file = explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/master_list', config(CONFIG_YAML));
    expect(file.rerender).toEqual({ result: 'identical' });
    expect(origins(file.content).filter((run) => run.includes('192'))).toEqual([
      '"192.0.2.11" input master_list /home/config.yaml:7:3',
      '"192.0.2.12" input master_list /home/config.yaml:8:3',
      '"192.0.2.13" input master_list /home/config.yaml:9:3',
    ]);
  });

  test('that the generator refuses is traced all the same, and its words are told', () => {
    const even = CONFIG_YAML.replace('- 192.0.2.13\n', '').replace(
      'domain: .example.com\n',
      'isolation: none\n',
    );
    const file = explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/mesos-master', config(even));
    expect(file.notes?.map(short)).toEqual([
      'the generator refuses /home/config.yaml: isolation: isolation must be calculated, but was explicitly set in the configuration. Remove it from the configuration. (gen/calc.py:25:22)',
      'the generator refuses /home/config.yaml: num_masters: Must have an odd number of masters (gen/calc.py:16:5)',
      'the generator refuses /home/config.yaml: it does not set domain, which nothing calculates',
    ]);
    expect(file.rerender).toEqual({ result: 'identical' });
  });

  test('of another cluster: the difference is told with the argument that makes it', () => {
    const other = CONFIG_YAML.replace('gpus 2016', 'cpus');
    const file = explain(rootWith(NODE_OF_1_8), '/opt/mesosphere/etc/mesos-master', config(other));
    expect(file.rerender).toEqual({
      result: 'different',
      line: 1,
      column: 15,
      expected: 'MESOS_CLUSTER=cpus',
      found: 'MESOS_CLUSTER=gpus 2016',
      likely: 'made with another config: cluster_name was "gpus 2016", not "cpus" (/home/config.yaml:1:15)',
    });
    expect(file.notes).toEqual([
      '/home/config.yaml:1:15 and /opt/mesosphere/etc/expanded.config.json:2:19 give cluster_name different values, "cpus" and "gpus 2016": the node was made with the second',
    ]);
  });

  test('that is none is refused with its line', () => {
    const given = config('cluster_name: [gpus\n');
    expect(refusal(() => explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/names', given)).message).toMatch(
      /^\/home\/config\.yaml:2:1: this is no YAML: .*\n\n\^$/,
    );
  });
});

describe('whether config.yaml can set an argument', () => {
  const file = (given: GeneratorGiven = {}) =>
    explain(rootWith(NODE_OF_1_7), '/opt/mesosphere/etc/mesos-master', given);

  test('a default gives way, a must does not', () => {
    const made = file();
    expect(made.argument?.('gc_delay')).toEqual({
      config: 'config.yaml',
      settable: true,
      why: 'default in gen/calc.py:21: a value in config.yaml goes before it',
    });
    expect(made.argument?.('isolation')).toEqual({
      config: 'config.yaml',
      settable: false,
      why: `must in gen/calc.py:25: ${REFUSAL}`,
    });
    expect(made.argument?.('quorum')).toMatchObject({ settable: false, from: ['num_masters'] });
  });

  test('a must under a condition holds while the condition does', () => {
    expect(file(config(CONFIG_YAML)).argument?.('num_masters')).toEqual({
      config: 'config.yaml',
      settable: false,
      why: `must in gen/calc.py:34 when master_discovery is static: while that holds, ${REFUSAL}`,
      from: ['master_list'],
    });
  });

  test('what nothing else sets has to be there', () => {
    expect(file(config(CONFIG_YAML)).argument?.('cluster_name')).toEqual({
      config: 'config.yaml',
      settable: true,
      why: 'set in /home/config.yaml:1',
    });
    expect(file(config(`${CONFIG_YAML}gc_delay: 9days\n`)).argument?.('gc_delay')?.why).toBe(
      'set in /home/config.yaml:10, instead of the default in gen/calc.py:21',
    );
    const empty = file(config('{}\n'));
    expect(empty.argument?.('domain')?.why).toBe(
      'nothing in the sources sets it: it has to stand in config.yaml',
    );
    expect(empty.argument?.('cluster_name')).toMatchObject({
      settable: true,
      why: "a default of 1.7's installer: a value in config.yaml goes before it",
    });
    expect(empty.argument?.('provider')).toMatchObject({ settable: false, why: 'the installer adds it' });
  });
});

describe('sources that are not there, or broken', () => {
  const path = '/opt/mesosphere/etc/mesos-slave-common';

  test('none on the node: what was looked for and what to type', () => {
    const host = rootWith(installed(MADE));
    expect(explain(host, path).rerender).toEqual({
      result: 'not-possible',
      reason:
        'no generator found: the package dcos-image (/opt/mesosphere/active/dcos-image/lib/python3.*/site-packages/gen) holds no calc.py; give the directory of DC/OS, or its `gen`, of the version of the node: --sources DIR',
    });
    expect(dcos.explainFile?.(host, '/etc/hostname', {})).toBeUndefined();
  });

  test('none where --sources says', () => {
    const given = { sources: { host: rootWith({}), directory: '/home/dcos' } };
    const refused = refusal(() => explain(rootWith(NODE_OF_1_7), path, given));
    expect(refused.message).toBe('--sources /home/dcos holds no generator of DC/OS');
    expect(refused.why).toBe('there is neither /home/dcos/calc.py nor /home/dcos/gen/calc.py');
  });

  test('a template that is none', () => {
    const host = rootWith({
      ...NODE_OF_1_7,
      [`${GEN}/dcos-config.yaml`]: TEMPLATE.replace('{{ gc_delay }}', '{{gc_delay }}'),
    });
    const { rerender } = explain(host, path);
    expect(rerender.result === 'not-possible' ? short(rerender.reason) : rerender).toMatch(
      /^gen\/dcos-config\.yaml:5:\d+: .*\n {6}MESOS_GC_DELAY=\{\{gc_delay \}\}\n +\^$/,
    );
  });

  test('a calc.py that is no Python: the file tells what it can, and the fault is said', () => {
    const host = rootWith({ ...NODE_OF_1_7, [`${GEN}/calc.py`]: 'names = [\nprint "Python 2"\n' });
    const file = explain(host, path);
    expect(file.rerender).toMatchObject({ result: 'not-possible' });
    expect(file.notes?.map(short)[0]).toMatch(/^gen\/calc\.py:\d+:\d+: .*\n.*\n *\^$/);
  });
});
