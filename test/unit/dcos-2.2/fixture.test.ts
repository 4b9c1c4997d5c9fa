import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configId, fixture, packageIds, SECRET_FILES, SITE_PACKAGES } from '../../dcos-2.2/packages.ts';
import { type GeneratedFile, render, whyNotRendered } from '../../dcos-2.2/render.ts';

const sitePackages = `${fixture}/packages/dcos-image/${SITE_PACKAGES}`;

test('the unit reads nine environment files, in the order of DC/OS 2.2', () => {
  const unit = `${fixture}/packages/mesos/dcos.target.wants_slave/dcos-mesos-slave.service`;
  const files = readFileSync(unit, 'utf8').matchAll(/^EnvironmentFile=(.*)$/gm);
  expect(Array.from(files, ([, file]) => file)).toEqual([
    '/opt/mesosphere/environment',
    '/opt/mesosphere/etc/mesos-slave-common',
    '/opt/mesosphere/etc/mesos-slave',
    '/opt/mesosphere/etc/proxy.env',
    '-/opt/mesosphere/etc/mesos-slave-common-extras',
    '-/var/lib/dcos/mesos-slave-common',
    '-/var/lib/dcos/mesos-resources',
    '-/run/dcos/etc/mesos-slave',
    '-/etc/mesosphere/mesos/agent.env',
  ]);
});

/** With `vitest --update` the files are written anew; the modes of programs are then to be set by hand. */
function testGeneratedFiles(): void {
  const generated = render(sitePackages, `${fixture}/config`);
  if ('errors' in generated) throw new Error(JSON.stringify(generated));

  test('the id of its config', () => {
    expect(generated.config_id).toBe(configId);
    expect(JSON.parse(generated.arguments['cluster_packages'] ?? '')).toEqual(
      Object.values(packageIds).toSorted(),
    );
  });

  const node = [
    ...generated.root,
    ...generated.services.map(({ name, content }) => ({ path: `/etc/systemd/system/${name}`, content })),
  ];
  test.each(node)('node: $path', ({ content, path }) =>
    expect(content).toMatchFileSnapshot(`${fixture}/node${path}`),
  );

  for (const name of ['dcos-config', 'dcos-metadata']) {
    const files = generated.packages[packageIds[name] ?? ''] ?? [];
    const home = `${fixture}/packages/${name}`;

    test.each(files)(`${name}: $path`, async (file: GeneratedFile) => {
      await expect(file.content).toMatchFileSnapshot(home + file.path);
      // A checkout keeps of the mode only whether a file is a program.
      expect((statSync(home + file.path).mode & 0o100) !== 0).toBe(file.permissions === '0755');
      expect(SECRET_FILES.includes(file.path.slice(1))).toBe(file.permissions === '0600');
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

const title = 'CPython makes the generated files of the fixture out of the sources beside them';
const why = whyNotRendered();
if (why === undefined) {
  describe(title, testGeneratedFiles);
} else {
  process.stderr.write(`SKIPPED, ${why}: ${title}\n`);
  test.skip(title);
}
