// Where Cutover says that an override wins, systemd lets it win; where Cutover says that it is in vain, it is.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Subject } from '../../../src/graph/subject.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { isDependency } from '../../../src/service/dependency-directives.ts';
import {
  type DirectiveKind,
  type DirectiveOverrides,
  overridesOfDirective,
} from '../../../src/service/overrides-of-directive.ts';
import { overridePlaces } from '../../../src/service/overrides.ts';
import { futilePlaces } from '../../../src/service/overrides-futile.ts';
import { loadService, type Service } from '../../../src/service/service.ts';
import type { NoteOn } from '../../../src/service/override-note.ts';
import { overrideNotes } from '../../../src/trace/override-notes.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const ETC = '/etc/systemd/system';
const LIB = '/usr/lib/systemd/system';

interface Case {
  /** `[Service]` lines of the unit. */
  readonly unit: string;
  readonly directory?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** LAMP is the variable that is overridden, in each. */
const CASES: Readonly<Record<string, Case>> = {
  nothing: { unit: '' },
  line: { unit: 'Environment=LAMP=unit' },
  vendor: { unit: 'Environment=LAMP=unit', directory: LIB },
  file: { unit: 'EnvironmentFile=/opt/lamps/made', files: { '/opt/lamps/made': 'LAMP=made\n' } },
  optional: {
    unit: 'EnvironmentFile=-/etc/lamps/first\nEnvironmentFile=/opt/lamps/made\nEnvironmentFile=-/etc/lamps/own\nEnvironmentFile=-/etc/lamps/last',
    files: { '/opt/lamps/made': 'LAMP=made\n' },
  },
  tmpfs: {
    unit: 'EnvironmentFile=/etc/lamps/kept\nEnvironmentFile=-/run/lamps/fleeting',
    files: { '/etc/lamps/kept': 'LAMP=kept\n' },
  },
  own: {
    unit: 'Environment=LAMP=unit\nEnvironmentFile=-/etc/lamps/here\nEnvironmentFile=-/etc/lamps/there',
    files: { '/etc/lamps/here': 'LAMP=here\n' },
  },
  'drop-in': {
    unit: 'Environment=LAMP=unit',
    files: { [`${ETC}/drop-in.service.d/zz.conf`]: '[Service]\nEnvironment=LAMP=late\n' },
  },
  'late-file': {
    unit: 'Environment=LAMP=unit',
    files: {
      [`${ETC}/late-file.service.d/zz.conf`]: '[Service]\nEnvironmentFile=/etc/lamps/zz\n',
      '/etc/lamps/zz': 'LAMP=late\n',
    },
  },
  unset: { unit: 'Environment=LAMP=unit\nEnvironmentFile=-/etc/lamps/gone\nUnsetEnvironment=LAMP' },
  // systemd reads the files anew for each command: what one writes the next one receives.
  written: {
    unit: "EnvironmentFile=-/etc/lamps/written\nExecStartPre=/bin/sh -c 'echo LAMP=written > /etc/lamps/written'",
  },
  user: { unit: 'User=keeper' },
  login: { unit: 'EnvironmentFile=/etc/lamps/kept' },
  manager: { unit: 'Environment=HORN=low' },
};

const OTHERS: Readonly<Record<string, string>> = {
  '/etc/lamps/kept': 'LAMP=kept\n',
  [`${ETC}/restart.service`]: '[Service]\nExecStart=/bin/true\nRestart=no\n',
  [`${ETC}/late-restart.service`]: '[Service]\nExecStart=/bin/true\nRestart=no\n',
  [`${ETC}/late-restart.service.d/zz.conf`]: '[Service]\nRestart=on-abort\n',
  [`${ETC}/groups.service`]: '[Service]\nExecStart=/bin/true\nSupplementaryGroups=adm\n',
  [`${ETC}/wanted.service`]: '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=sea.target\n',
  [`${ETC}/sea.target`]: '[Unit]\n',
  [`${ETC}/fog.target`]: '[Unit]\n',
};

/** In vain because it does not last: for the next start it does win. */
const LASTS_FOR_NOW = / wins in every service|would win, but (?!.* writes it)/;

const unitPath = (name: string): string => `${CASES[name]?.directory ?? ETC}/${name}.service`;

describeOnMachine('an override of a variable, as systemd takes it', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'lamps' });
    await machine.mustRunShell(
      'mkdir -p /etc/lamps /run/lamps /run/environ; useradd -d /srv/keeper -s /bin/dash keeper; echo LAMP=login > /etc/environment',
    );
    for (const [name, { unit, files = {} }] of Object.entries(CASES)) {
      const command = 'ExecStart=/usr/bin/env -0\nStandardOutput=truncate:/run/environ/%n';
      await machine.writeFile(unitPath(name), `[Service]\nType=oneshot\n${command}\n${unit}\n`);
      for (const [path, text] of Object.entries(files)) await machine.writeFile(path, text);
    }
    for (const [path, text] of Object.entries(OTHERS)) await machine.writeFile(path, text);
    await machine.mustRunShell('systemctl daemon-reload');
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  /** The value of `variable` in a start of the service. */
  async function started(name: string, variable: string): Promise<string | undefined> {
    await machine.mustRunShell(`systemctl daemon-reload; systemctl start ${name}`);
    const pairs = (await machine.readFile(`/run/environ/${name}.service`)).split('\0');
    return pairs.find((pair) => pair.startsWith(`${variable}=`))?.slice(variable.length + 1);
  }

  /** The value that the process has while `lines` stand at the end of the file. */
  async function startedWith(
    path: string,
    lines: string,
    name: string,
    variable: string,
  ): Promise<string | undefined> {
    await aside(path, lines);
    const value = await started(name, variable);
    await back(path);
    return value;
  }

  async function aside(path: string, lines: string): Promise<void> {
    await machine.mustRunShell(`[ ! -e ${path} ] || cp -a ${path} /root/aside; mkdir -p $(dirname ${path})`);
    await machine.mustRunShell(`cat >> ${path}`, { input: lines });
  }

  async function back(path: string): Promise<void> {
    await machine.mustRunShell(`rm ${path}; [ ! -e /root/aside ] || mv /root/aside ${path}`);
  }

  const host = (): RootedHost => new RootedHost(machine.root);

  function read(name: string): { service: Service; noteOn: NoteOn } {
    const subject = new Subject(host(), name, { knowledge: [] });
    return { service: subject.service, noteOn: overrideNotes(subject) };
  }

  /** What each place that is said to win gives the process. */
  async function overridden(name: string, variable: string): Promise<(string | undefined)[]> {
    const values: (string | undefined)[] = [];
    const { service, noteOn } = read(name);
    for (const { file, how } of overridePlaces(service, variable, noteOn)) {
      const reset = name === 'unset' ? 'UnsetEnvironment=\n' : '';
      await machine.writeFile('/etc/lamps/override', `${variable}=mine\n`);
      const lines = {
        'environment-file': `${variable}=mine\n`,
        'drop-in-environment': `[Service]\n${reset}Environment=${variable}=mine\n`,
        'drop-in-environment-file': `[Service]\n${reset}EnvironmentFile=/etc/lamps/override\n`,
      }[how];
      values.push(await startedWith(file, lines, name, variable));
    }
    return values;
  }

  /** What each place that is said to be in vain gives the process: the places, then whether it won. */
  async function inVain(name: string, variable: string): Promise<[string, boolean][]> {
    const { service, noteOn } = read(name);
    const places = futilePlaces(host(), service, variable, noteOn);
    const won: [string, boolean][] = [];
    for (const { file, why } of places) {
      const value = file.startsWith('systemctl ')
        ? await startedWithManager(name, variable)
        : await startedWith(file, linesFor(file, variable), name, variable);
      won.push([`${file}: ${why}`, value === 'mine']);
    }
    return won;
  }

  async function startedWithManager(name: string, variable: string): Promise<string | undefined> {
    await machine.mustRunShell(`systemctl set-environment ${variable}=mine`);
    const value = await started(name, variable);
    await machine.mustRunShell(`systemctl unset-environment ${variable}`);
    return value;
  }

  const questions: (readonly [string, string])[] = [
    ...Object.keys(CASES).map((name) => [name, 'LAMP'] as const),
    ['line', 'PATH'],
    ['user', 'HOME'],
  ];

  test.each(questions)('%s: wherever %s is said to be overridden, it is', async (name, variable) => {
    const values = await overridden(name, variable);
    expect(values.length).toBeGreaterThan(0);
    expect(values).toEqual(values.map(() => 'mine'));
  });

  test.each(questions)('%s: wherever %s is said to be overridden in vain, it is', async (name, variable) => {
    const won = await inVain(name, variable);
    expect(won.length).toBeGreaterThan(0);
    expect(won).toEqual(won.map(([place]) => [place, LASTS_FOR_NOW.test(place)]));
  });

  /** What systemd makes of a directive while `lines` stand at the end of the file. */
  async function shownWith(path: string, lines: string, name: string, property: string): Promise<string> {
    await aside(path, lines);
    const { stdout } = await machine.runShell(
      `systemctl daemon-reload; systemctl show -P ${property} ${name}`,
    );
    await back(path);
    return stdout.trim();
  }

  const placesOf = (name: string, key: string, kind: DirectiveKind): DirectiveOverrides => {
    const service = loadService(host(), name);
    const lines = service.unit.assignments.filter((line) => line.key === key);
    const resets = lines.filter(({ value }) => value.length === 0);
    return overridesOfDirective(service, { name: key, kind, lines, resets }, () => undefined);
  };

  test('a directive with one value: the last line counts, in the order of the names of drop-ins', async () => {
    const { overrides, futileOverrides } = placesOf('late-restart', 'Restart', 'single');
    expect([...overrides, ...futileOverrides].map(({ file }) => file)).toEqual([
      `${ETC}/late-restart.service.d/zz.conf`,
      `${ETC}/late-restart.service.d/override.conf`,
    ]);
    const lines = '[Service]\nRestart=always\n';
    const shown = async (file: string): Promise<string> =>
      await shownWith(file, lines, 'late-restart', 'Restart');
    expect(await Promise.all(overrides.map(async ({ file }) => await shown(file)))).toEqual(['always']);
    expect(await shown(`${ETC}/late-restart.service.d/override.conf`)).toBe('on-abort');
    const [plain] = placesOf('restart', 'Restart', 'single').overrides;
    expect(await shownWith(plain?.file ?? '', lines, 'restart', 'Restart')).toBe('always');
  });

  test.each([
    'After',
    'Wants',
    'Requires',
    'BindsTo',
    'PartOf',
    'Conflicts',
    'OnFailure',
    'Before',
    'Upholds',
  ])('what %s= says a drop-in can only add to; a copy of the unit takes it away', async (key) => {
    expect(isDependency(key)).toBe(true);
    const unit = `[Unit]\n${key}=sea.target\n[Service]\nExecStart=/bin/true\n`;
    await machine.writeFile(`${LIB}/tide.service`, unit);
    const { overrides } = placesOf('tide', key, 'dependency');
    const [dropIn, copy] = overrides.map(({ file }) => file);
    const reset = `[Unit]\n${key}=\n${key}=fog.target\n`;
    expect((await shownWith(dropIn ?? '', reset, 'tide', key)).split(' ')).toEqual(
      expect.arrayContaining(['sea.target', 'fog.target']),
    );
    const copied = await shownWith(copy ?? '', unit.replace('sea', 'fog'), 'tide', key);
    expect(copied.split(' ')).toContain('fog.target');
    expect(copied).not.toContain('sea.target');
  });

  test('a list that is no dependency is reset by an empty line', async () => {
    const [place] = placesOf('groups', 'SupplementaryGroups', 'list').overrides;
    const lines = '[Service]\nSupplementaryGroups=\nSupplementaryGroups=mail\n';
    expect(await shownWith(place?.file ?? '', lines, 'groups', 'SupplementaryGroups')).toBe('mail');
  });

  test('what a drop-in says in [Install] counts when the unit is enabled again', async () => {
    const [place] = placesOf('wanted', 'WantedBy', 'list').overrides;
    expect(place?.why).toContain('systemctl reenable wanted.service');
    await machine.writeFile(place?.file ?? '', '[Install]\nWantedBy=\nWantedBy=fog.target\n');
    await machine.mustRunShell('systemctl reenable wanted.service');
    const { stdout } = await machine.runShell(`ls ${ETC}/fog.target.wants ${ETC}/sea.target.wants`);
    expect(stdout).toBe(`${ETC}/fog.target.wants:\nwanted.service\n`);
  });

  test('what is said to be gone after a reboot is', async () => {
    await machine.mustRunShell('echo LAMP=mine > /run/lamps/fleeting; systemctl set-environment LAMP=mine');
    expect(await started('tmpfs', 'LAMP')).toBe('mine');
    expect(await started('manager', 'LAMP')).toBe('mine');
    await machine.shutDown();
    await machine.bootAgain();
    await machine.mustRunShell('mkdir -p /run/environ');
    expect(await started('tmpfs', 'LAMP')).toBe('kept');
    expect(await started('manager', 'LAMP')).toBe(undefined);
  });
});

function linesFor(file: string, variable: string): string {
  const isUnit = file.endsWith('.conf') || file.endsWith('.service');
  return isUnit ? `[Service]\nEnvironment=${variable}=mine\n` : `${variable}=mine\n`;
}
