import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../src/host/host.ts';
import type { RootedHost } from '../src/host/rooted-host.ts';
import { dcos } from '../src/knowledge/dcos/dcos.ts';
import type { GeneratedFile, GeneratorGiven } from '../src/knowledge/knowledge.ts';

// A node of DC/OS with a generator of a few arguments, as small as can be: the layout is the real one's.

const IMAGE = '/opt/mesosphere/packages/dcos-image--75d4ba1419141c3d791b9eaa90f4483503b17777';
export const GEN = `${IMAGE}/lib/python3.5/site-packages/gen`;
/** What `hash_checkout` of pkgpanda makes of MADE's config, with what 1.7's installer adds to it. */
const CONFIG_ID = '372ebc26a3a0187a994cd858db9fcb150bea6b20';
export const CONFIG = `/opt/mesosphere/packages/dcos-config--setup_${CONFIG_ID}`;

const CALC = `import json, os
from pkgpanda.build import hash_checkout

names = ['cgroups/cpu']


def count(master_list):
    return str(len(json.loads(master_list)))


def commit():
    return os.getenv('DCOS_IMAGE_COMMIT')


def odd(num_masters):
    assert int(num_masters) % 2 == 1, 'Must have an odd number of masters'


entry = {
    'validate': [odd],
    'default': {'gc_delay': '2days', 'weights': '', 'resolvers': '["192.0.2.53"]'},
    'must': {
        'dcos_version': '1.8.8',
        'dcos_image_commit': commit,
        'isolation': ','.join(names + ['posix/disk']),
        'quorum': lambda num_masters: str(int(num_masters) // 2 + 1),
        'config_id': lambda dcos_image_commit, user_arguments, template_filenames: hash_checkout({
            'commit': dcos_image_commit,
            'user_arguments': json.loads(user_arguments),
            'template_filenames': json.loads(template_filenames)})
    },
    'conditional': {
        'master_discovery': {
            'static': {'must': {'num_masters': count}},
            'vrrp': {'must': {'router': '51'}}}}
}
`;

export const TEMPLATE = `package:
  - path: /etc/mesos-slave-common
    content: |
      MESOS_ISOLATION={{ isolation }}
      MESOS_GC_DELAY={{ gc_delay }}
      COMMIT={{ dcos_image_commit }}
  - path: /etc/mesos-master
    content: |
      MESOS_CLUSTER={{ cluster_name }}
      MESOS_QUORUM={{ quorum }}
      MESOS_WEIGHTS={{ weights }}
  - path: /etc/names
    content: |
      {{ cluster_name }}{{ domain }}
  - path: /etc/domain
    content: |
      {{ domain }}
  - path: /etc/oauth.env
    content: |
      ADMIN_PASSWORD={{ admin_password }}
{% switch master_discovery %}
{% case "static" %}
  - path: /etc/master_list
    content: |
      {{ master_list }}
  - path: /etc_master/dns_config
    content: |
      MASTERS={{ num_masters }}
{% case "vrrp" %}
  - path: /etc/keepalived
    content: |
      ROUTER={{ router }}
{% endswitch %}
`;

const CLOUD = `root:
  - path: /etc/mesosphere/setup-flags/repository-url
    content: |
      {{ bootstrap_url }}
`;

export const SOURCES = {
  '/opt/mesosphere/active/dcos-image': `-> ${IMAGE}`,
  '/opt/mesosphere/active/dcos-config': `-> ${CONFIG}`,
  [`${GEN}/calc.py`]: CALC,
  [`${GEN}/dcos-config.yaml`]: TEMPLATE,
  [`${GEN}/cloud-config.yaml`]: CLOUD,
};

/** The files of the package dcos-config, and the links to them. */
export function installed(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => [
      [`${CONFIG}${path}`, text],
      [`/opt/mesosphere${path.replace('/etc_master/', '/etc/')}`, `-> ${CONFIG}${path}`],
    ]),
  );
}

export const MADE = {
  '/etc/mesos-slave-common':
    'MESOS_ISOLATION=cgroups/cpu,posix/disk\nMESOS_GC_DELAY=2days\nCOMMIT=602edc1b\n',
  '/etc/mesos-master': 'MESOS_CLUSTER=gpus 2016\nMESOS_QUORUM=2\nMESOS_WEIGHTS=\n',
  '/etc/names': 'gpus 2016.example.com\n',
  '/etc/domain': '.example.com\n',
  '/etc/oauth.env': 'ADMIN_PASSWORD=opensesame\n',
  '/etc/master_list': '["192.0.2.11", "192.0.2.12", "192.0.2.13"]\n',
  '/etc_master/dns_config': 'MASTERS=3\n',
};

export const VERSION = {
  '/opt/mesosphere/etc/dcos-version.json': '{\n  "version": "1.8.8",\n  "dcos-image-commit": "602edc1b"\n}\n',
};

export const NODE_OF_1_7 = { ...SOURCES, ...VERSION, ...installed(MADE) };

export const USER = `"admin_password": |-
  **HIDDEN**
"bootstrap_url": |-
  http://192.0.2.10
"cluster_name": |-
  gpus 2016
"domain": |-
  .example.com
"master_discovery": |-
  static
"master_list": |-
  ["192.0.2.11", "192.0.2.12", "192.0.2.13"]
`;
const RECORD = '{\n  "cluster_name":"gpus 2016",\n  "gc_delay":"2days",\n  "weights":""\n}\n';

export const NODE_OF_1_8 = {
  ...NODE_OF_1_7,
  '/opt/mesosphere/etc/user.config.yaml': USER.replace('**HIDDEN**', 'opensesame'),
  '/opt/mesosphere/etc/expanded.config.json': RECORD,
};

export const short = (text: string) =>
  text
    .replaceAll(`${GEN}/`, 'gen/')
    .replaceAll(`${CONFIG}/`, 'dcos-config/')
    .replaceAll('/opt/mesosphere/etc/', 'etc/');

/** How a file of the node was made. */
export function explain(host: Host, path: string, given: GeneratorGiven = {}): GeneratedFile {
  const file = dcos.explainFile?.(host, path, given);
  if (file === undefined) throw new Error(`${path} is not explained`);
  return file;
}

/** Sets when a file was written, in seconds since 1970. */
export function writtenAt(host: RootedHost, path: string, seconds: number): void {
  utimesSync(join(host.root, path), seconds, seconds);
}
