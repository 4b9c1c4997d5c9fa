import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fixture, packageIds } from '../../dcos/packages.ts';

const sitePackages = `${fixture}/packages/dcos-image/lib/python3.4/site-packages`;
const commonSettings = `${fixture}/packages/dcos-config/etc/mesos-slave-common`;
const unit = `${fixture}/packages/mesos/dcos.target.wants_slave/dcos-mesos-slave.service`;

function lines(file: string): readonly string[] {
  return readFileSync(file, 'utf8').split('\n');
}

describe('the DC/OS 1.7 fixture is what the operator saw in 2016', () => {
  test('the unit', () => {
    expect(lines(unit)).toEqual([
      '[Unit]',
      'Description=Mesos Agent: DCOS Mesos Agent Service',
      '[Service]',
      'Restart=always',
      'StartLimitInterval=0',
      'RestartSec=5',
      'KillMode=control-group',
      'Delegate=true',
      'LimitNOFILE=infinity',
      'EnvironmentFile=/opt/mesosphere/environment',
      'EnvironmentFile=/opt/mesosphere/etc/mesos-slave-common',
      'EnvironmentFile=-/var/lib/dcos/mesos-slave-common',
      'EnvironmentFile=/var/lib/dcos/mesos-resources',
      'ExecStartPre=/bin/ping -c1 ready.spartan',
      'ExecStartPre=/bin/ping -c1 leader.mesos',
      'ExecStart=/opt/mesosphere/packages/mesos--bcd3532be711ab9e0828c963c07a5a0581ca0757/bin/mesos-slave',
      'EnvironmentFile=-/var/lib/dcos/environment.proxy',
      '',
    ]);
  });

  test('the settings', () => {
    expect(lines(commonSettings)).toEqual([
      'MESOS_MASTER=zk://leader.mesos:2181/mesos',
      'MESOS_CONTAINERIZERS=docker,mesos',
      'MESOS_LOG_DIR=/var/log/mesos',
      'MESOS_MODULES=file:///opt/mesosphere/etc/mesos-slave-modules.json',
      'MESOS_CONTAINER_LOGGER=org_apache_mesos_LogrotateContainerLogger',
      'MESOS_ISOLATION=cgroups/cpu,cgroups/mem,posix/disk,com_mesosphere_StatsIsolatorModule',
      'MESOS_WORK_DIR=/var/lib/mesos/slave',
      'MESOS_SLAVE_SUBSYSTEMS=cpu,memory',
      'MESOS_EXECUTOR_ENVIRONMENT_VARIABLES=file:///opt/mesosphere/etc/mesos-executor-environment.json',
      'MESOS_EXECUTOR_REGISTRATION_TIMEOUT=10mins',
      'MESOS_CGROUPS_ENABLE_CFS=true',
      'MESOS_CGROUPS_LIMIT_SWAP=false',
      'MESOS_DOCKER_REMOVE_DELAY=1hrs',
      'MESOS_GC_DELAY=2days',
      'MESOS_HOSTNAME_LOOKUP=false',
      'GLOG_drop_log_memory=false',
      'MESOS_HOOKS=com_mesosphere_StatsEnvHook',
      '',
    ]);
  });

  test.each([
    [81, 'def calculate_mesos_slave_modules_json(module_libraries):'],
    [234, "__logrotate_slave_module_name = 'org_apache_mesos_LogrotateContainerLogger'"],
    [235, '__logrotate_slave_module = {'],
    [249, "__stats_isolator_slave_module_name = 'com_mesosphere_StatsIsolatorModule'"],
    [250, "__stats_hook_slave_module_name = 'com_mesosphere_StatsEnvHook'"],
    [251, '__stats_slave_module = {'],
    [270, '__default_mesos_slave_modules = ['],
    [274, '__default_isolation_modules = ['],
    [275, "    'cgroups/cpu',"],
    [276, "    'cgroups/mem',"],
    [277, "    'posix/disk',"],
    [281, 'entry = {'],
    [338, "        'mesos_isolation_modules': ','.join(__default_isolation_modules + ["],
    [340, "        'mesos_slave_modules_json': calculate_mesos_slave_modules_json("],
  ])('gen/calc.py:%i', (line, text) => {
    expect(lines(`${sitePackages}/gen/calc.py`)[line - 1]).toBe(text);
  });

  test('gen/dcos-config.yaml:81', () => {
    expect(lines(`${sitePackages}/gen/dcos-config.yaml`)[80]).toBe(
      '      MESOS_ISOLATION={{ mesos_isolation_modules }}',
    );
  });
});

interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  readonly permissions?: string;
}

/** With `vitest --update` the files are written anew; their modes are then to be set by hand. */
function testGeneratedFiles(): void {
  const script = fileURLToPath(new URL('../../dcos/render.py', import.meta.url));
  const output = execFileSync('python3', ['-I', script, sitePackages, `${fixture}/config`], {
    encoding: 'utf8',
  });
  const { arguments: values, rendered } = JSON.parse(output) as {
    arguments: Record<string, string>;
    rendered: Record<string, string>;
  };

  test('the names of their packages', () => {
    expect(values['cluster_packages']).toBe(
      `["${packageIds['dcos-config']}", "${packageIds['dcos-metadata']}"]`,
    );
  });

  for (const name of ['dcos-config', 'dcos-metadata']) {
    const files = (parse(rendered[`${name}.yaml`] ?? '') as { package: readonly GeneratedFile[] }).package;
    const home = `${fixture}/packages/${name}`;

    test.each(files)(`${name}: $path`, async ({ path, content, permissions = '0644' }) => {
      await expect(content).toMatchFileSnapshot(home + path);
      // A checkout keeps of the mode only whether a file is a program.
      expect((statSync(home + path).mode & 0o100) !== 0).toBe(permissions === '0755');
    });

    test(`${name} has no other files`, () => {
      const present = readdirSync(home, { recursive: true, encoding: 'utf8' })
        .filter((path) => statSync(`${home}/${path}`).isFile())
        .map((path) => `/${path}`);
      expect(present.toSorted()).toEqual(files.map(({ path }) => path).toSorted());
    });
  }

  test('it leaves no compiled files behind', () => {
    expect(existsSync(`${sitePackages}/gen/__pycache__`)).toBe(false);
  });
}

const generated = 'CPython makes the generated files of the fixture out of the sources beside them';
if (spawnSync('python3', ['--version']).status === 0) {
  describe(generated, testGeneratedFiles);
} else {
  process.stderr.write(`SKIPPED, there is no python3: ${generated}\n`);
  test.skip(generated);
}
