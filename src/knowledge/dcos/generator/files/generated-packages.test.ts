import { describe, expect, test } from 'vitest';
import { generatorWith, LIKE_1_8, LIKE_1_9 } from '../../../../../test/generator-sources.ts';
import type { Generator } from '../generator.ts';

const CONFIG = `package:
  - path: /etc/mesos-slave
    content: |
      ISOLATION={{ isolation }}
  - path: /bin/detect_ip
    permissions: "0755"
    content: {{ script }}
{% switch backend %}
{% case "static" %}
  - path: /etc/exhibitor
    content: static
  - path: /etc/exhibitor
    content: |
      BACKEND={{ backend }}
{% case "s3" %}
  - path: /etc/exhibitor
    content: s3
{% endswitch %}
`;
const CLOUD = `root:
  - path: /etc/mesosphere/setup-flags/repository-url
    content: {{ isolation }}
`;
const CALC = `import yaml
from gen.internals import Late
script = yaml.dump("""#!/bin/sh
echo 192.0.2.11
""")
entry = {
    'must': {'isolation': 'cgroups/cpu', 'script': script, 'config_id': 'abc', 'provider': 'onprem'},
    'default': {'backend': 'static'}}
`;

function generator(files: Readonly<Record<string, string>>, userArguments = {}): Generator {
  const templates = { 'dcos-config.yaml': CONFIG, 'cloud-config.yaml': CLOUD };
  return generatorWith({ 'calc.py': CALC, ...templates, ...files }, { userArguments });
}

function packed(opened: Generator): string[] {
  const made = opened.packages();
  if (made.kind === 'fault') return [made.reason];
  return made.files.map(({ packageId, path, content, mode }) => {
    return `${packageId}${path.toString()} ${mode.toString(8)} ${JSON.stringify(content.toString())}`;
  });
}

test('the files of a template are packed under the id of the config, of two with one path the last', () => {
  expect(packed(generator(LIKE_1_8))).toEqual([
    'dcos-config--setup_abc/etc/mesos-slave 644 "ISOLATION=cgroups/cpu\\n"',
    'dcos-config--setup_abc/bin/detect_ip 755 "#!/bin/sh\\necho 192.0.2.11\\n"',
    'dcos-config--setup_abc/etc/exhibitor 644 "BACKEND=static\\n"',
  ]);
});

test('what is told when the cluster is launched goes into a package of the provider', () => {
  const calc = CALC.replace("'isolation': 'cgroups/cpu'", "'isolation': Late('x')");
  expect(packed(generator({ ...LIKE_1_9, 'calc.py': calc }))).toEqual([
    'dcos-config--setup_abc/bin/detect_ip 755 "#!/bin/sh\\necho 192.0.2.11\\n"',
    'dcos-config--setup_abc/etc/exhibitor 644 "BACKEND=static\\n"',
    'dcos-provider-abc-onprem--setup/etc/mesos-slave 644 "ISOLATION=LATE_BIND_PLACEHOLDER_START_isolation_LATE_BIND_PLACEHOLDER_END\\n"',
    'dcos-provider-abc-onprem--setup/pkginfo.json 644 "{}"',
  ]);
});

test('a text that only looks like it makes no package, but its file is left out all the same', () => {
  const given = { backend: 's3', isolation: 'LATE_BIND_PLACEHOLDER_START_x' };
  const calc = CALC.replace("'isolation': 'cgroups/cpu', ", '');
  expect(packed(generator({ ...LIKE_1_9, 'calc.py': calc }, given))).toEqual([
    'dcos-config--setup_abc/bin/detect_ip 755 "#!/bin/sh\\necho 192.0.2.11\\n"',
    'dcos-config--setup_abc/etc/exhibitor 644 "s3"',
  ]);
  expect(packed(generator({ ...LIKE_1_8, 'calc.py': calc }, given))).toHaveLength(3);
});

test('a template beside the generator adds to the one of its name', () => {
  const extra = 'package:\n  - path: /etc/more\n    content: {{ isolation }}\n';
  const opened = generator({ ...LIKE_1_9, '../gen_extra/dcos-config.yaml': extra });
  expect(packed(opened).at(-1)).toBe('dcos-config--setup_abc/etc/more 644 "cgroups/cpu"');
});

describe('what can’t be packed is said', () => {
  test('an argument that is not known', () => {
    const opened = generator({ ...LIKE_1_8, 'calc.py': CALC.replace("'isolation': 'cgroups/cpu', ", '') });
    expect(packed(opened)).toEqual(['/dcos/gen/dcos-config.yaml:4:17: the argument isolation is not set']);
    expect(opened.rawRendering('dcos-config.yaml')).toMatchObject({
      kind: 'fault',
      message: 'the argument isolation is not set: nothing sets isolation',
    });
  });

  test('templates of one name that say things of two kinds, or no template', () => {
    const opened = generator({ ...LIKE_1_9, '../gen_extra/dcos-config.yaml': 'package: none\n' });
    expect(packed(opened)).toEqual(['templates of the same name say things of two kinds']);
    expect(opened.renderedDocument('dcos-services.yaml')).toEqual({
      kind: 'fault',
      reason: '/dcos/gen has no dcos-services.yaml',
    });
  });
});

test('the raw text is that before YAML', () => {
  const rendered = generator(LIKE_1_8).rawRendering('cloud-config.yaml');
  expect(rendered.kind === 'rendered' ? rendered.text.toString() : rendered).toBe(
    CLOUD.replace('{{ isolation }}', 'cgroups/cpu'),
  );
});
