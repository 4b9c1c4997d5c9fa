import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { PlanAdvice, TrialAdvice } from '../../knowledge/plan-advice.ts';
import { loadService } from '../../service/service.ts';
import { parseSpec } from '../parse-spec.ts';
import type { StepOfKind } from '../step-duties.ts';
import { planTrial } from './plan-trial.ts';

const UNIT = '/etc/systemd/system/lamp@.service';
const SPEC = 'apiVersion: cutover/v1\nkind: Replacement\nservice: lamp@east\nsettings: { set: { A: b } }\n';
const KNOWN: TrialAdvice = {
  possible: true,
  environment: new Map([
    ['LAMP_HOME', '/tmp/lamp "trial"'],
    ['LAMP_HARBOUR', undefined],
  ]),
  without: ['ExecStartPre'],
  probes: [],
  notShown: ['its light'],
};

interface Case {
  readonly unit: string;
  readonly files?: Record<string, string>;
  readonly spec?: string;
  readonly known?: TrialAdvice;
  readonly written?: readonly string[];
}

function planned({ unit, files = {}, spec = 'trial: yes', known, written = [] }: Case) {
  const host = rootWith({ [UNIT]: `[Service]\nExecStart=/bin/lamp\n${unit}`, '/bin/lamp': 'x', ...files });
  const advice: PlanAdvice = {
    state: [],
    probes: [],
    probesBack: [],
    irreversible: [],
    ...(known === undefined ? {} : { trial: known }),
  };
  const tomorrow = loadService(host, 'lamp@east');
  return planTrial({ spec: parseSpec('cutover.yaml', `${SPEC}${spec}\n`), host, tomorrow, advice, written });
}

/** What the trial keeps of the service's own lines. */
function kept(step: StepOfKind<'trial-start'> | undefined): string[] {
  const lines = step?.content.split('\n') ?? [];
  return lines.slice(
    lines.indexOf('[Service]') + 1,
    lines.indexOf('EnvironmentFile=/run/cutover/trial/environment'),
  );
}

test.each<[what: string, unit: string, kept: string[]]>([
  ['the command and its user stay', 'User=keeper\n', ['ExecStart=/bin/lamp', 'User=keeper']],
  [
    'a reset stays a reset',
    'ExecStart=\nExecStart=/bin/lamp -2\n',
    ['ExecStart=/bin/lamp', 'ExecStart=', 'ExecStart=/bin/lamp -2'],
  ],
  ['what restarts goes', 'Restart=always\nRestartSec=1\n', ['ExecStart=/bin/lamp']],
  [
    'what stops goes',
    'ExecStop=/bin/lamp --quit\nExecReload=/bin/kill -HUP $MAINPID\n',
    ['ExecStart=/bin/lamp'],
  ],
  ['the PID file is another process its own', 'PIDFile=/run/lamp.pid\n', ['ExecStart=/bin/lamp']],
  ['a log file is not appended to', 'StandardOutput=append:/var/log/lamp\n', ['ExecStart=/bin/lamp']],
  ['state directories would be made outside', 'StateDirectory=lamp\n', ['ExecStart=/bin/lamp']],
  [
    'a command nothing confines is left out',
    'ExecStartPre=-+/bin/mkdir /x\nExecStartPre=-/bin/lamp -t\n',
    ['ExecStart=/bin/lamp', 'ExecStartPre=-/bin/lamp -t'],
  ],
  [
    'the name stays that of the service',
    'Environment=A=%i B=%n C=%%n D=%H\n',
    ['ExecStart=/bin/lamp', 'Environment=A=east B=lamp@east.service C=%%n D=%H'],
  ],
  [
    'paths that are not in the view are optional',
    'ReadWritePaths=/run/lamp -/var/lamp\n',
    ['ExecStart=/bin/lamp', 'ReadWritePaths=-+/run/lamp -+/var/lamp'],
  ],
  [
    'what is bound to write is bound from the view',
    'BindPaths=/srv/a:/b -/srv/c\n',
    [
      'ExecStart=/bin/lamp',
      'BindPaths=-/run/cutover/trial/root/srv/a:/b -/run/cutover/trial/root/srv/c:/srv/c',
    ],
  ],
  [
    'what is bound to read is read outside',
    'BindReadOnlyPaths=/store/x:/opt/lamp\n',
    ['ExecStart=/bin/lamp', 'BindReadOnlyPaths=-/store/x:/opt/lamp'],
  ],
])('%s', (_, unit, lines) => {
  expect(kept(planned({ unit }))).toEqual(lines);
});

test('a file that the plan writes is read in the view, any other outside', () => {
  const step = planned({
    unit: 'EnvironmentFile=/etc/lamp\nEnvironmentFile=-/etc/lamp.local\n',
    files: { '/etc/lamp': 'A=1\n' },
    written: ['/etc/lamp.local'],
  });
  expect(kept(step).slice(1)).toEqual([
    'EnvironmentFile=/etc/lamp',
    'EnvironmentFile=-/run/cutover/trial/root/etc/lamp.local',
  ]);
});

test('what knowledge says is set last, or taken away, or left out', () => {
  const step = planned({ unit: 'ExecStartPre=/bin/ping harbour\n', known: KNOWN, spec: '' });
  expect(kept(step)).toEqual(['ExecStart=/bin/lamp']);
  expect(step?.environment).toBe('LAMP_HOME="/tmp/lamp \\"trial\\""\n');
  expect(step?.content).toContain('\nUnsetEnvironment=LAMP_HARBOUR\n');
  expect(step).toMatchObject({
    optional: true,
    notShown: ['its light'],
    trialUnit: 'cutover-trial-lamp-east.service',
  });
});

test('directories that systemd makes for the service are made in the trial', () => {
  const step = planned({
    unit: 'User=keeper\nRuntimeDirectory=lamp lamp/x\nRuntimeDirectoryMode=0750\nStateDirectory=oil\n',
  });
  expect(step?.directories).toEqual([
    { path: '/run/lamp', mode: 0o750, user: 'keeper', group: '' },
    { path: '/run/lamp/x', mode: 0o750, user: 'keeper', group: '' },
    { path: '/var/lib/oil', mode: 0o755, user: 'keeper', group: '' },
  ]);
  expect(step?.content).toContain('\nBindPaths=/run/cutover/trial/run/lamp:/run/lamp\n');
});

test('the gate of a trial is short, and puts up with no restart', () => {
  const step = planned({ unit: '', spec: 'trial: yes\ngate: { stable: 1m, timeout: 2m, restarts: 3 }' });
  expect(step?.gate).toEqual({ stableMs: 5000, timeoutMs: 120_000, restarts: 0, probes: [] });
});

test('without a word in the spec there is a trial where knowledge says how, and only there', () => {
  expect(planned({ unit: '', spec: '', known: KNOWN })).toBeDefined();
  expect(planned({ unit: '', spec: '' })).toBeUndefined();
  expect(planned({ unit: '', spec: '', known: { possible: false, why: 'x' } })).toBeUndefined();
  expect(planned({ unit: 'Type=dbus\nBusName=a.b\n', spec: '', known: KNOWN })).toBeUndefined();
  expect(planned({ unit: '', spec: 'trial: no', known: KNOWN })).toBeUndefined();
});

test.each<[what: string, case_: Case, why: string]>([
  [
    'a name on the bus',
    { unit: 'Type=dbus\nBusName=a.b\n' },
    'it is ready when it has a name on the bus (Type=dbus), and a name has one owner',
  ],
  [
    'a root of its own',
    { unit: 'RootDirectory=/srv/lamp\n' },
    'it has a file system of its own (RootDirectory=)',
  ],
  [
    'a command that nothing confines',
    { unit: 'ExecStart=\nExecStart=+/bin/lamp\n' },
    "its command begins with '+', which nothing confines",
  ],
  [
    'sockets that it is given',
    { unit: 'Sockets=lamp.socket\n' },
    'systemd opens its sockets for it, and they are in use',
  ],
  [
    'knowledge that forbids it',
    { unit: '', known: { possible: false, why: 'its keeper is one' } },
    'its keeper is one',
  ],
])('%s: refused where the spec wants a trial', (_, case_, why) => {
  expect(() => planned(case_)).toThrow(
    new CouldNotRun(`lamp@east.service can't be tried beside itself: ${why}`, {
      next: 'Write trial: no into the spec, or leave it out.',
    }),
  );
});
