// What Cutover reads as the environment of a service is what systemd gives it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traceListSchema } from '../../../src/documents/trace.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

/** Set for each run, by systemd itself. */
const PER_RUN = new Set(['INVOCATION_ID', 'JOURNAL_STREAM', 'SYSTEMD_EXEC_PID']);

const LIB = '/usr/lib/systemd/system';
const ETC = '/etc/systemd/system';

/** The `[Service]` lines of a unit each. */
const LINES: Readonly<Record<string, string>> = {
  plain: 'Environment=LAMP=on HORN="low and long" \'FOG=thick fog\'',
  quotes: 'Environment="LAMP=say \\"on\\"" HORN=\'a"b\' FOG=a"b c"d',
  escapes: 'Environment=LAMP=\\x41\\101\\u00e9\\U0001f4a1 HORN=a\\tb\\nc\\sd "FOG=\\\\\\"\\\'"',
  bytes: 'Environment=LAMP=\\xc3\\xa9',
  'not-utf8': 'Environment=LAMP=\\xff HORN=low',
  'unknown-escape': 'Environment=LAMP=on HORN=\\q FOG=thick',
  'escaped-blank': 'Environment=LAMP=on HORN=a\\ b',
  'nul-escape': 'Environment=LAMP=on HORN=a\\x00b',
  'open-quote': 'Environment=LAMP=on "HORN=low\nEnvironment=FOG=thick',
  'last-backslash': 'Environment=LAMP=on\\\\',
  names: 'Environment=1LAMP=on A-B=c LAMP =x HORN=low _=u =v LAMP.ON=y',
  empty: 'Environment=LAMP= HORN="" FOG',
  twice: 'Environment=LAMP=1 LAMP=2\nEnvironment=LAMP=3',
  continued: 'Environment=LAMP=on \\\n  # low at night\n  HORN=low \\\n  "FOG=a \\\n  b"',
  reset: 'Environment=LAMP=on\nEnvironment=\nEnvironment=HORN=low',
  'unset-name': 'Environment=LAMP=on HORN=low\nUnsetEnvironment=LAMP "HORN=loud"',
  'unset-value': 'Environment=LAMP=on\nUnsetEnvironment=LAMP=on',
  'unset-reset': 'Environment=LAMP=on\nUnsetEnvironment=LAMP\nUnsetEnvironment=',
  'unset-default': 'UnsetEnvironment=PATH HARBOUR',
  'unset-bad': 'Environment=LAMP=on HORN=low\nUnsetEnvironment=LAMP \\q HORN',
  specifiers: 'Environment=LAMP=%n:%N:%p:%i:%j:%% HORN=%t:%S:%C:%L:%E:%T:%V:%h:%u:%U:%g:%G FOG=100%',
  shell: 'Environment=LAMP=%s',
  'user-shell': 'User=keeper\nEnvironment=LAMP=%s:%h:%u',
  'unknown-specifier': 'Environment=LAMP=%Z HORN=low',
  'no-specifier': 'Environment=LAMP=50%-100%',
  host: 'Environment=LAMP=%H:%l:%m',
  file: 'Environment=LAMP=unit\nEnvironmentFile=/etc/lights/plain.env',
  'file-order': 'EnvironmentFile=/etc/lights/b.env\nEnvironmentFile=/etc/lights/a.env\nEnvironment=LAMP=unit',
  'file-absent': 'EnvironmentFile=-/etc/lights/none.env\nEnvironment=LAMP=on',
  'file-required': 'EnvironmentFile=/etc/lights/none.env\nEnvironment=LAMP=on',
  'file-pattern': 'EnvironmentFile=/etc/lights/?.env',
  'file-no-match': 'EnvironmentFile=-/etc/lights/*.none\nEnvironment=LAMP=on',
  'file-quoted': 'EnvironmentFile="/etc/lights/plain.env"\nEnvironment=HORN=low',
  'file-relative': 'EnvironmentFile=lights/plain.env\nEnvironment=HORN=low',
  'file-dots': 'EnvironmentFile=/etc/lights/../lights/plain.env\nEnvironment=HORN=low',
  'file-specifier': 'EnvironmentFile=/etc/lights/%N.env\nEnvironment=HORN=low',
  'file-reset': 'EnvironmentFile=/etc/lights/a.env\nEnvironmentFile=\nEnvironmentFile=/etc/lights/b.env',
  'file-directory': 'EnvironmentFile=-/etc/lights\nEnvironment=HORN=low',
  'file-crlf': 'EnvironmentFile=/etc/lights/crlf.env',
  'file-syntax': 'EnvironmentFile=/etc/lights/syntax.env',
  'file-mark': 'EnvironmentFile=/etc/lights/mark.env',
  'file-latin': 'EnvironmentFile=-/etc/lights/latin.env\nEnvironment=HORN=low',
  'file-latin-required': 'EnvironmentFile=/etc/lights/latin.env\nEnvironment=HORN=low',
  'file-latin-comment': 'EnvironmentFile=/etc/lights/latin-comment.env',
  'file-latin-name': 'EnvironmentFile=-/etc/lights/latin-name.env',
  'file-nul': 'EnvironmentFile=-/etc/lights/nul.env\nEnvironment=HORN=low',
  'file-nul-required': 'EnvironmentFile=/etc/lights/nul.env\nEnvironment=HORN=low',
  user: 'User=keeper',
  'user-number': 'User=4711',
  'user-own': 'User=keeper\nEnvironment=HOME=/srv HARBOUR=south',
  'user-root': 'User=root',
  'user-nobody': 'User=nobody',
  directories:
    'RuntimeDirectory=lamp b/horn\nRuntimeDirectory=a\nStateDirectory=%p\nCacheDirectory=x\nCacheDirectory=\nLogsDirectory=fog\nConfigurationDirectory=fog',
  'crlf\r': 'Environment=LAMP=on\r\nEnvironment=HORN=low\r',
  'harbour-east': 'Environment=OWN=1',
  seamark: 'Environment=OWN=1',
};

const FILES: Readonly<Record<string, string>> = {
  '/etc/lights/plain.env': 'LAMP=file\nexport FOG=no\n1ST=x\n',
  '/etc/lights/a.env': 'LAMP=a\nHORN=a\n',
  '/etc/lights/b.env': 'LAMP=b\nFOG=b\n',
  '/etc/lights/file-specifier.env': 'LAMP=named\n',
  '/etc/lights/crlf.env': 'LAMP=on\r\nHORN="low"\r\n',
  '/etc/lights/syntax.env':
    'LAMP = on \n# HORN=1\n; HORN=2\nFOG="a \\"b\\" \\n \\$x"\nSEA=a\\ b\nSAND=\'x\'y\nTIDE=a \\\n  b\nROCK=say "it" #no\nBUOY="two\nlines"\nMIST=%n $LAMP\n',
  '/etc/lights/mark.env': '\uFEFFLAMP=on\nHORN=low\n',
  '/etc/locale.conf': 'LANG=C.UTF-8\nLC_TIME="C"\nTZ=UTC\n',
  '/etc/systemd/system.conf': '[Manager]\nDefaultEnvironment=HARBOUR=north LAMP=manager USER=manager\n',
  '/etc/systemd/system.conf.d/20-sea.conf': '[Manager]\nDefaultEnvironment="SEA=%%h rough"\n',
  '/usr/lib/systemd/system.conf.d/20-sea.conf': '[Manager]\nDefaultEnvironment=SEA=calm\n',
  // The directory of the search path outranks the level, and the type comes last.
  [`${LIB}/harbour-east.service.d/10.conf`]: '[Service]\nEnvironment=TEN=lib-own\n',
  [`${ETC}/harbour-.service.d/10.conf`]: '[Service]\nEnvironment=TEN=etc-prefix\n',
  [`${ETC}/service.d/20.conf`]: '[Service]\nEnvironment=TWENTY=etc-type\n',
  [`${LIB}/harbour-.service.d/20.conf`]: '[Service]\nEnvironment=TWENTY=lib-prefix\n',
  '/run/systemd/system/harbour-east.service.d/30.conf': '[Service]\nEnvironment=THIRTY=run-own\n',
  [`${ETC}/harbour-east.service.d/05.conf`]: '[Service]\nEnvironment=TEN=early OWN=05\n',
  // Drop-ins of an alias count for the unit it leads to.
  [`${ETC}/beacon.service.d/10.conf`]: '[Service]\nEnvironment=BEACON=10\n',
  [`${LIB}/seamark.service.d/10.conf`]: '[Service]\nEnvironment=SEAMARK=10\n',
  [`${ETC}/seamark.service.d/20.conf`]: '[Service]\nEnvironment=SEAMARK=20\n',
};

/** Written with printf(1), for bytes that are no text. */
const BYTES: Readonly<Record<string, string>> = {
  latin: 'LAMP=on\\nFOG=caf\\351\\n',
  'latin-comment': '# caf\\351\\nLAMP=on\\n',
  'latin-name': 'CAF\\351=1\\nLAMP=on\\n',
  nul: 'LAMP=on\\n# \\000\\n',
};

const unitOf = (name: string): string => `${name.trim()}.service`;
const NAMES = [...Object.keys(LINES).map(unitOf), 'beacon.service', 'pier@east.service'];

/** Settings of the unit are listed beside its variables, which are in capitals here. */
const isDirective = (setting: string): boolean => /[a-z]/.test(setting);

type Variables = Readonly<Record<string, string>> | 'refused';

describeOnMachine('the environment of a service, as systemd gives it', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'lights' });
    await machine.runShell(
      [
        'mkdir -p /etc/lights /run/environ',
        'useradd -u 4711 -d /srv/keeper -s /bin/dash keeper',
        'usermod -s /bin/dash root',
        `ln -s ${LIB}/seamark.service ${ETC}/beacon.service`,
        ...Object.entries(BYTES).map(([name, text]) => `printf '${text}' > /etc/lights/${name}.env`),
      ].join('\n'),
    );
    const command = 'ExecStart=/usr/bin/env -0\nStandardOutput=truncate:/run/environ/%n';
    const units = Object.entries(LINES).map(([name, lines]): [string, string] => {
      const text = `[Service]\nType=oneshot\n${command}\n${lines}\n`;
      return [`${LIB}/${unitOf(name)}`, name.endsWith('\r') ? text.replaceAll(/\r?\n/g, '\r\n') : text];
    });
    const template = `[Service]\nType=oneshot\n${command}\nEnvironment=LAMP=%i:%I:%p:%N\n`;
    const all: [string, string][] = [...Object.entries(FILES), ...units, [`${LIB}/pier@.service`, template]];
    for (const [path, text] of all) await machine.writeFile(path, text);
    await machine.runShell(
      `systemctl daemon-reexec; systemctl daemon-reload; systemctl start ${NAMES.join(' ')}`,
    );
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  async function given(name: string): Promise<Variables> {
    const { status, stdout } = await machine.runShell(`cat /run/environ/${name}`);
    if (status !== 0) return 'refused';
    const pairs = stdout.split('\0').filter((pair) => pair !== '');
    const variables = pairs.map((pair) => [
      pair.slice(0, pair.indexOf('=')),
      pair.slice(pair.indexOf('=') + 1),
    ]);
    return Object.fromEntries(variables.filter(([variable]) => !PER_RUN.has(variable ?? '')));
  }

  async function read(name: string): Promise<Variables> {
    const { status, stdout, stderr } = await machine.runShell(`cutover trace ${name} --json --show-secrets`);
    if (status !== 0 || stderr.includes(`systemd refuses to start ${name}`)) return 'refused';
    const { traces } = traceListSchema.parse(JSON.parse(stdout));
    return Object.fromEntries(
      traces.flatMap(({ setting, value }) =>
        value === null || isDirective(setting) ? [] : [[setting, value]],
      ),
    );
  }

  test('every variable that either has is the same', async () => {
    const both = await Promise.all(
      NAMES.map(
        async (name): Promise<[string, Variables, Variables]> => [
          name,
          // The process of an alias writes under the unit's own name.
          await given(name === 'beacon.service' ? 'seamark.service' : name),
          await read(name),
        ],
      ),
    );
    const table = (column: 1 | 2): Record<string, Variables> =>
      Object.fromEntries(both.map((row) => [row[0], row[column]]));
    expect(table(2)).toEqual(table(1));
  });
});
