import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseYaml } from '../../../src/formats/yaml/parse-yaml.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { configArguments } from '../../../src/knowledge/dcos/generator/arguments/config-arguments.ts';
import { pyValueOfYaml } from '../../../src/knowledge/dcos/generator/arguments/yaml-to-python.ts';
import { type Generator, openGenerator } from '../../../src/knowledge/dcos/generator/generator.ts';
import { TracedText } from '../../../src/text/traced-text.ts';
import { fixture, SITE_PACKAGES } from '../../dcos-2.2/packages.ts';
import { type Changes, renderEach, whyNotRendered } from '../../dcos-2.2/render.ts';

const sitePackages = `${fixture}/packages/dcos-image/${SITE_PACKAGES}`;
const host = new RootedHost(sitePackages);

/** What the generator's machine had, as render.py sets it up. */
const environment: Readonly<Record<string, string>> = {
  DCOS_IMAGE_COMMIT: '98026513dca2c4b6a8f9e1d3c5b7a90817263544',
  BOOTSTRAP_ID: '0123456789abcdef0123456789abcdef01234567',
  BOOTSTRAP_VARIANT: '',
};
const files = ['genconf/ip-detect', 'artifacts/complete/complete.latest.json'];

function input(name: string, text: string | undefined) {
  return text === undefined ? null : TracedText.from(text, { kind: 'input', name });
}

function generator(changes: Changes): Generator {
  const config: Record<string, unknown> = parse(readFileSync(`${fixture}/config/config.yaml`, 'utf8'));
  const changed = Object.entries({ ...config, ...changes }).filter(([, value]) => value !== null);
  const text = JSON.stringify(Object.fromEntries(changed), undefined, 1);
  const parsed = parseYaml(TracedText.literal(text, { file: '/config.yaml', line: 1, column: 1 }));
  if (parsed.kind === 'fault') throw new Error(parsed.message);
  const sources = { host, directory: '/gen' };
  const given = configArguments(sources, pyValueOfYaml(parsed.root));
  if (given.kind === 'crash') throw new Error(given.message);
  const opened = openGenerator(host, {
    sources,
    userArguments: given.userArguments,
    inputs: {
      environmentVariable: (name) => input(name, environment[name]),
      fileContent: (path) =>
        input(path, files.includes(path) ? readFileSync(`${fixture}/config/${path}`, 'utf8') : undefined),
      directory: () => null,
    },
  });
  if (opened === undefined) throw new Error('no generator');
  return opened;
}

function filesOf(opened: Generator) {
  const packed = opened.packages();
  if (packed.kind === 'fault') throw new Error(packed.reason);
  return packed.files;
}

/** Of the fixture's sources, by their path on the host. */
function standsAt(file: string, line: number, column: number, length: number): string {
  const lines = readFileSync(`${sitePackages}${file}`, 'utf8')
    .split('\n')
    .slice(line - 1);
  return lines.join('\n').slice(column - 1, column - 1 + length);
}

const accepted: Readonly<Record<string, Changes>> = {
  'the fixture’s own': {},
  'everything otherwise': {
    master_discovery: 'master_http_loadbalancer',
    exhibitor_address: '192.0.2.80',
    num_masters: 5,
    exhibitor_storage_backend: 'aws_s3',
    aws_region: 'eu-north-1',
    exhibitor_explicit_keys: true,
    aws_secret_access_key: 'not for everyone either',
    use_proxy: true,
    http_proxy: 'http://proxy.example:3128',
    no_proxy: ['.north.example'],
    dcos_overlay_enable: false,
    enable_ipv6: false,
    dns_bind_ip_blacklist: ['203.0.113.4', '198.51.100.4'],
    dcos_remove_dockercfg_enable: true,
    mesos_default_container_shm_size: '64MB',
    mesos_seccomp_profile_name: '',
    mesos_container_log_sink: 'logrotate',
    enable_gpu_isolation: false,
    check_time: true,
    custom_checks: { node_checks: { checks: { disk: { timeout: '2s' } }, poststart: ['disk'] } },
    superuser_key: 'a2V5',
    ui_banner_lines: ['{{ not_a_name }}', 'größer', '"quoted"'],
    enable_docker_gc: false,
  },
  'a preset': { rexray_config_preset: 'aws', cluster_name: "Åse's grid: #1", dns_search: '' },
};

const refused: Readonly<Record<string, Changes>> = {
  'a wrong choice': { master_discovery: 'bogus' },
  'nothing set': { cluster_name: null, master_list: null },
  'what must be calculated': { mesos_isolation: 'posix/cpu' },
  'no truth value': { enable_gpu_isolation: 'perhaps', check_time: 'True' },
  'out of range': { dcos_overlay_mtu: 100, calico_vxlan_port: 'many' },
  'no JSON, no list': { custom_checks: '{', master_list: '"192.0.2.1"' },
  'wrong addresses': {
    master_list: ['192.0.2.1', '192.0.2.1', '300.0.0.1'],
    resolvers: ['192.0.2.53:99999'],
  },
  'two that don’t go together': { calico_network_cidr: '9.1.0.0/16' },
  'a subnet with host bits': { dcos_overlay_network: { overlays: [{ name: 'x', subnet: '9.0.0.1/8' }] } },
  'blanks in a check’s name': {
    custom_checks: { node_checks: { checks: { 'a b': { timeout: '1s' } }, poststart: ['a b'] } },
  },
  'a check of a taken name, an unknown unit': {
    custom_checks: { node_checks: { checks: { tar: { timeout: '1 year' } }, poststart: ['tar'] } },
  },
  'a recovery that has no unit': { mesos_recovery_timeout: '1.5.0hrs', mesos_agent_work_dir: 'var' },
};

/** Each with what CPython makes of it. */
function rendered(configs: Readonly<Record<string, Changes>>) {
  const answers = renderEach(sitePackages, `${fixture}/config`, Object.values(configs));
  return Object.entries(configs).flatMap(([title, changes], index) => {
    const expected = answers[index];
    return expected === undefined ? [] : [{ title, changes, expected }];
  });
}

function testEvaluation(): void {
  describe.each(rendered(accepted))('$title', ({ changes, expected }) => {
    if ('errors' in expected) throw new Error(JSON.stringify(expected));
    const opened = generator(changes);

    test('the config is accepted', () => expect(opened.resolve()).toMatchObject({ status: 'ok' }));

    test('the arguments', () => {
      const computed = [...opened.neededArguments()].map(([name, argument]) => [
        name,
        argument.kind === 'value' ? argument.text.toString() : argument,
      ]);
      expect(Object.fromEntries(computed)).toEqual(expected.arguments);
    });

    test.each(Object.keys(expected.raw))('%s, as rendered', (template) => {
      const rendered = opened.rawRendering(template);
      expect(rendered.kind === 'rendered' ? rendered.text.toString() : rendered).toBe(expected.raw[template]);
    });

    test('the files of the packages', () => {
      const made = filesOf(opened).map(({ packageId, path, content, mode }) => [
        `${packageId}${path.toString()}`,
        { mode: mode.toString(8), content: content.toString() },
      ]);
      const wanted = Object.entries(expected.packages).flatMap(([id, all]) =>
        all.map(({ path, content, permissions = '0644' }) => [
          `${id}${path}`,
          { mode: permissions.replace(/^0/, ''), content },
        ]),
      );
      expect(Object.fromEntries(made)).toEqual(Object.fromEntries(wanted));
    });

    test('each character has an origin, and stands where that says', () => {
      const slices = filesOf(opened).flatMap(({ content }) => content.slices);
      const count = (of: typeof slices) => of.reduce((sum, { text }) => sum + text.length, 0);
      const known = slices.filter(({ origin }) => origin.kind !== 'unknown');
      expect(count(known) / count(slices)).toBeGreaterThanOrEqual(0.995);
      for (const { text, origin } of slices) {
        if (origin.kind !== 'literal' || !origin.verbatim || origin.place.file === '/config.yaml') continue;
        const { file, line, column } = origin.place;
        expect(standsAt(file, line, column, text.length)).toBe(text);
      }
    });
  });

  test.each(rendered(refused))('$title: the same is said of the same arguments', ({ changes, expected }) => {
    if (!('errors' in expected)) throw new Error('the generator accepts it');
    const verdict = generator(changes).resolve();
    if (verdict.status !== 'errors') throw new Error(JSON.stringify(verdict));
    const said = [...verdict.errors].map(([name, { message }]) => [name, message]);
    expect({ errors: Object.fromEntries(said), unset: verdict.unset.toSorted() }).toEqual(expected);
  });
}

const title = 'Cutover evaluates the generator of the fixture as CPython does';
const why = whyNotRendered();
if (why === undefined) {
  describe(title, testEvaluation);
} else {
  process.stderr.write(`SKIPPED, ${why}: ${title}\n`);
  test.skip(title);
}
