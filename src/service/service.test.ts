import { describe, expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { loadService } from './service.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';

describe('which files make the unit', () => {
  test('the earlier directory of the search path wins, and the suffix may be left out', () => {
    const host = rootWith({
      [UNIT]: '[Service]\nExecStart=/etc/lamp\n',
      '/usr/lib/systemd/system/lighthouse.service': '[Service]\nExecStart=/usr/lamp\n',
    });
    const service = loadService(host, 'lighthouse');
    expect(service.name).toBe('lighthouse.service');
    expect(service.unit.fragment.path).toBe(UNIT);
  });

  test('drop-ins of every level are read by name order; a link to /dev/null masks one', () => {
    const host = rootWith({
      '/usr/lib/systemd/system/harbour-light@.service': '[Service]\nExecStart=/usr/lamp %i\n',
      '/usr/lib/systemd/system/service.d/10-all.conf': '[Service]\nNice=1\n',
      '/usr/lib/systemd/system/harbour-.service.d/20-prefix.conf': '[Service]\nNice=2\n',
      '/etc/systemd/system/harbour-light@.service.d/30-template.conf': '[Service]\nNice=3\n',
      '/etc/systemd/system/harbour-light@north.service.d/05-own.conf': '[Service]\nNice=4\n',
      '/usr/lib/systemd/system/harbour-light@.service.d/40-masked.conf': '[Service]\nNice=5\n',
      '/etc/systemd/system/harbour-light@.service.d/40-masked.conf': '-> /dev/null',
    });
    const { unit, commands } = loadService(host, 'harbour-light@north');
    expect(unit.dropIns.map((file) => file.path.split('/').at(-1))).toEqual([
      '05-own.conf',
      '10-all.conf',
      '20-prefix.conf',
      '30-template.conf',
    ]);
    expect(commands[0]?.words.map(String)).toEqual(['/usr/lamp', 'north']);
  });

  test('an alias takes the drop-ins of the unit it leads to', () => {
    const host = rootWith({
      '/usr/lib/systemd/system/lighthouse.service': '[Service]\nExecStart=/usr/lamp\n',
      '/etc/systemd/system/beacon.service': '-> /usr/lib/systemd/system/lighthouse.service',
      '/etc/systemd/system/lighthouse.service.d/nice.conf': '[Service]\nNice=1\n',
    });
    expect(loadService(host, 'beacon').unit.dropIns.map((file) => file.path)).toEqual([
      '/etc/systemd/system/lighthouse.service.d/nice.conf',
    ]);
  });

  test('drop-ins of every alias count, after those of its own name', () => {
    const host = rootWith({
      '/usr/lib/systemd/system/lighthouse.service': '[Service]\nExecStart=/usr/lamp\n',
      '/etc/systemd/system/beacon.service': '-> /usr/lib/systemd/system/lighthouse.service',
      '/usr/lib/systemd/system/lighthouse.service.d/10.conf': '[Service]\nNice=1\n',
      '/etc/systemd/system/beacon.service.d/10.conf': '[Service]\nNice=2\n',
      '/etc/systemd/system/beacon.service.d/20.conf': '[Service]\nNice=3\n',
    });
    for (const name of ['lighthouse', 'beacon']) {
      expect(loadService(host, name).unit.dropIns.map((file) => file.path)).toEqual([
        '/usr/lib/systemd/system/lighthouse.service.d/10.conf',
        '/etc/systemd/system/beacon.service.d/20.conf',
      ]);
    }
  });

  test('of two drop-ins with one name the directory outranks the level, and the type comes last', () => {
    const host = rootWith({
      '/usr/lib/systemd/system/harbour-east.service': '[Service]\nExecStart=/usr/lamp\n',
      '/usr/lib/systemd/system/harbour-east.service.d/10.conf': '[Service]\nNice=1\n',
      '/etc/systemd/system/harbour-.service.d/10.conf': '[Service]\nNice=2\n',
      '/usr/lib/systemd/system/harbour-.service.d/20.conf': '[Service]\nNice=3\n',
      '/etc/systemd/system/service.d/20.conf': '[Service]\nNice=4\n',
    });
    expect(loadService(host, 'harbour-east').unit.dropIns.map((file) => file.path)).toEqual([
      '/etc/systemd/system/harbour-.service.d/10.conf',
      '/usr/lib/systemd/system/harbour-.service.d/20.conf',
    ]);
  });
});

test('an alias is the unit that it leads to; a link out of the search path is a unit of its own', () => {
  const host = rootWith({
    '/usr/lib/systemd/system/lighthouse.service': '[Service]\nExecStart=/usr/lamp\n',
    '/etc/systemd/system/beacon.service': '-> /usr/lib/systemd/system/lighthouse.service',
    '/opt/lamp/lamp-2.service': '[Service]\nExecStart=/opt/lamp/lamp\n',
    '/etc/systemd/system/lamp.service': '-> /opt/lamp/lamp-2.service',
    '/etc/systemd/system/loop.service': '-> loop.service',
  });
  expect(loadService(host, 'beacon').name).toBe('lighthouse.service');
  expect(loadService(host, 'lamp').name).toBe('lamp.service');
});

describe('what can not be loaded is said', () => {
  test('an unknown unit, with the nearest name', () => {
    const host = rootWith({ [UNIT]: '[Service]\nExecStart=/usr/lamp\n' });
    expect(() => loadService(host, 'lighthose')).toThrow(
      'There is no unit lighthose.service on this root; did you mean lighthouse.service?',
    );
  });

  test('a unit of which there is a template alone', () => {
    const host = rootWith({ '/etc/systemd/system/lamp@.service': '[Service]\nExecStart=/usr/lamp\n' });
    expect(() => loadService(host, 'lamp')).toThrow(
      expect.objectContaining({
        message: 'There is no unit lamp.service on this root',
        next: 'There is the template lamp@.service. Name an instance of it: lamp@INSTANCE.service',
      }),
    );
    expect(() => loadService(host, 'lapm@')).toThrow('did you mean lamp@.service?');
  });

  test('a masked unit', () => {
    const host = rootWith({ [UNIT]: '-> /dev/null' });
    expect(() => loadService(host, 'lighthouse')).toThrow(`${UNIT}:1:1: lighthouse.service is masked`);
  });

  test('a directory with the name of a unit is not masked', () => {
    const host = rootWith({ [`${UNIT}/lamp`]: '' });
    expect(() => loadService(host, 'lighthouse')).toThrow(`${UNIT} is a directory, not a unit file`);
  });

  test('a mandatory environment file that systemd does not take', () => {
    const host = rootWith({
      [UNIT]: '[Service]\nEnvironmentFile=/etc/lamp\nExecStart=/usr/lamp\n',
      '/etc/lamp': 'LAMP=on\n#\0\n',
    });
    expect(() => loadService(host, 'lighthouse')).toThrow(
      `${UNIT}:2:1: /etc/lamp: there is a NUL byte in it, so systemd takes nothing of the file`,
    );
  });

  test('a unit with a broken section header, as systemd says it', () => {
    const host = rootWith({ [UNIT]: '[Unit]\n[Service\nExecStart=/usr/lamp\n' });
    expect(() => loadService(host, 'lighthouse')).toThrow(`${UNIT}:2:1: Invalid section header '[Service'`);
  });

  test('a mandatory environment file that is missing, with the line that wants it', () => {
    const host = rootWith({ [UNIT]: '[Service]\nEnvironmentFile=/etc/default/lamp\nExecStart=/usr/lamp\n' });
    expect(() => loadService(host, 'lighthouse')).toThrow(
      `${UNIT}:2:1: EnvironmentFile=/etc/default/lamp does not exist`,
    );
  });

  test('a link that leads nowhere', () => {
    const host = rootWith({ [UNIT]: '-> /opt/lamp/lighthouse.service' });
    expect(() => loadService(host, 'lighthouse')).toThrow(
      `${UNIT} is a link to /opt/lamp/lighthouse.service, which does not exist`,
    );
  });
});

describe('the environment', () => {
  const environmentOf = (unit: string, files: Record<string, string> = {}): Record<string, string> => {
    const { environment } = loadService(
      rootWith({ [UNIT]: `[Service]\n${unit}\nExecStart=/usr/lamp\n`, ...files }),
      'lighthouse',
    );
    return Object.fromEntries(
      [...environment.effective].map(([name, { value }]) => [name, value.toString()]),
    );
  };
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

  test('an environment file beats Environment=, wherever it stands, and the later file wins', () => {
    const unit = 'EnvironmentFile=/etc/a\nEnvironmentFile=-/etc/b\nEnvironment=LAMP=unit HORN="low and long"';
    expect(environmentOf(unit, { '/etc/a': 'LAMP=a\nFOG=a\n', '/etc/b': 'FOG=b\n' })).toEqual({
      PATH,
      LAMP: 'a',
      HORN: 'low and long',
      FOG: 'b',
    });
  });

  test('an empty assignment voids what stands before it', () => {
    const unit =
      'Environment=LAMP=1\nEnvironment=\nEnvironment=HORN=1\nEnvironmentFile=/etc/a\nEnvironmentFile=';
    expect(environmentOf(unit, { '/etc/a': 'FOG=a\n' })).toEqual({ PATH, HORN: '1' });
  });

  test('UnsetEnvironment= comes last of all, for a name or for one value', () => {
    const unit = 'UnsetEnvironment=LAMP HORN=loud FOG=thick\nEnvironmentFile=/etc/a';
    expect(environmentOf(unit, { '/etc/a': 'LAMP=1\nHORN=low\nFOG=thick\n' })).toEqual({ PATH, HORN: 'low' });
  });

  test('a pattern reads every file it matches, in order', () => {
    const files = {
      '/etc/lamp.d/1.env': 'LAMP=1\n',
      '/etc/lamp.d/2.env': 'LAMP=2\nHORN=2\n',
      '/etc/lamp.d/3.txt': 'LAMP=3\n',
    };
    expect(environmentOf('EnvironmentFile=/etc/lamp.d/*.env', files)).toEqual({ PATH, LAMP: '2', HORN: '2' });
  });
});

test('what systemd ignores of the environment is a problem with its place, and is not set', () => {
  const lines = [
    'Environment=LAMP=on HORN=\\q',
    'Environment=1FOG=a SEA=calm WAVE',
    'Environment=TIDE=%Z MIST=\\xff "SAND=x',
    'UnsetEnvironment=A-B',
    'EnvironmentFile="/etc/lamp"',
    'ExecStart=/usr/lamp "on',
  ];
  const host = rootWith({ [UNIT]: `[Service]\n${lines.join('\n')}\n` });
  const { unit, environment, commands } = loadService(host, 'lighthouse');
  expect([...environment.effective.keys()]).toEqual(['PATH', 'LAMP', 'SEA']);
  expect(commands).toEqual([]);
  expect(unit.problems.map(({ place: { line, column }, message }) => `${line}:${column} ${message}`)).toEqual(
    [
      '2:1 Environment=: an escape that systemd does not know; systemd ignores the line from there on',
      "3:13 '1FOG' is not a variable name, systemd ignores the assignment",
      "3:29 there is a word without '=' in Environment=, systemd ignores it",
      '4:13 Environment=: %Z is no specifier (a percent sign is %%), systemd ignores it',
      '4:21 Environment=: a value is not UTF-8, systemd ignores it',
      '4:1 Environment=: a quote that is not closed; systemd ignores the line from there on',
      "5:18 'A-B' is not a variable name, systemd ignores it",
      '6:1 EnvironmentFile=: the path is not absolute, systemd ignores the line',
      '7:1 ExecStart=: a quote that is not closed; systemd ignores the command',
    ],
  );
});

test('a pattern of environment files that matches nothing is known as one', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nEnvironmentFile=-/etc/lamp.d/*.env\nEnvironmentFile=-/etc/lamp\n',
  });
  const { layers } = loadService(host, 'lighthouse').environment;
  expect(layers.flatMap((layer) => (layer.kind === 'file' ? [[layer.path, layer.pattern]] : []))).toEqual([
    ['/etc/lamp.d/*.env', true],
    ['/etc/lamp', undefined],
  ]);
});

test('what systemd gives by itself is the lowest of the environment', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nUser=keeper\nStateDirectory=lamp %p\nEnvironment=HARBOUR=south\n',
    '/etc/passwd': 'keeper:x:4711:4711::/srv/keeper:/bin/dash\n',
    '/etc/locale.conf': 'LANG=en_GB.UTF-8\nTZ=UTC\n',
    '/etc/systemd/system.conf': '[Manager]\nDefaultEnvironment=HARBOUR=north USER=manager\n',
    '/run/systemd/system.conf.d/sea.conf': '[Manager]\nDefaultEnvironment=SEA=rough\n',
  });
  const { effective } = loadService(host, 'lighthouse').environment;
  expect([...effective].map(([name, { value }]) => `${name}=${value.toString()}`).slice(1)).toEqual([
    'LANG=en_GB.UTF-8',
    'HARBOUR=south',
    'USER=keeper',
    'SEA=rough',
    'HOME=/srv/keeper',
    'LOGNAME=keeper',
    'SHELL=/bin/dash',
    'STATE_DIRECTORY=/var/lib/lamp:/var/lib/lighthouse',
  ]);
});

test('what only the running system knows is named', () => {
  const host = rootWith({ [UNIT]: '[Service]\nEnvironment=BOOT=%b SHELL=%s\n', '/bin/bash': 'a shell' });
  const { effective, unresolvedSpecifiers } = loadService(host, 'lighthouse').environment;
  expect(unresolvedSpecifiers).toEqual(['%b']);
  expect(effective.get('BOOT')?.value.slices[0]?.origin.kind).toBe('unknown');
  expect(effective.get('SHELL')?.value.toString()).toBe('/bin/bash');
});

test("a program without a slash is searched in systemd's own path", () => {
  const host = rootWith({
    [UNIT]:
      '[Service]\nEnvironment=PATH=/opt/bin\nExecStart=-lamp pre$PATH $LIST $1A x${1A}\nEnvironment="LIST=\'a b\' c"\n',
    '/opt/bin/lamp': 'x',
    '/usr/bin/lamp': 'x',
  });
  const [command] = loadService(host, 'lighthouse').commands;
  expect(command?.words.map(String)).toEqual(['/usr/bin/lamp', 'pre$PATH', 'a b', 'c', 'x']);
});

test('variables are put into commands as systemd does it', () => {
  const host = rootWith({
    [UNIT]:
      '[Service]\nEnvironment=OPTS="--bright --slow" NAME=north\nExecStart=/usr/lamp $OPTS ${NAME}-light $$HOME $NONE ${OPTS}\n',
  });
  const [command] = loadService(host, 'lighthouse').commands;
  expect(command?.words.map(String)).toEqual([
    '/usr/lamp',
    '--bright',
    '--slow',
    'north-light',
    '$HOME',
    '--bright --slow',
  ]);
});
