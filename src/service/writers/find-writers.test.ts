import { expect, test } from 'vitest';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { loadService } from '../service.ts';
import { findWriters } from './find-writers.ts';
import { mentionsVariable, variablesIn } from './variables-in.ts';

const ETC = '/etc/systemd/system';
const UNIT = `${ETC}/lighthouse.service`;

/** Each writer as "unit:line kind program | how @ line of the script". */
function writers(
  lines: string,
  files: Parameters<typeof rootWith>[0] = {},
  target = '/run/lamp.env',
): string[] {
  const unit = `[Service]\nEnvironmentFile=-/run/lamp.env\n${lines}\nExecStart=/usr/lamp\n`;
  const host = rootWith({ [UNIT]: unit, ...files });
  return findWriters(host, loadService(host, 'lighthouse'), target).map((writer) => {
    if (writer.kind === 'tmpfiles') {
      const { place, type, writes } = writer.line;
      return `tmpfiles ${place.file}:${place.line} ${type} ${writes}`;
    }
    const { unit: name, place, touch, startedBy } = writer;
    const at = touch.place === undefined ? '' : ` @ ${touch.place.file}:${touch.place.line}`;
    const by = startedBy.length === 0 ? '' : ` < ${startedBy.join(' ')}`;
    return `${name}:${place.line} ${touch.kind} ${touch.program} | ${touch.how}${at}${by}`;
  });
}

const own = (rest: string): string[] => [`lighthouse.service:3 ${rest}`];

test.each([
  ["/bin/sh -c 'echo LAMP=1 > /run/lamp.env'", 'writes /bin/sh | > /run/lamp.env'],
  ["/bin/bash -ec 'echo LAMP=1 >> /run/lamp.env'", 'writes /bin/bash | >> /run/lamp.env'],
  ["-+/bin/sh -c '/usr/bin/lamp-env --all >/run/lamp.env'", 'writes /usr/bin/lamp-env | > /run/lamp.env'],
  ["/bin/sh -c 'lamp-env | tee -a /run/lamp.env'", 'writes /bin/sh | tee … /run/lamp.env'],
  ["/bin/sh -c 'if true; then { date; } > /run/lamp.env; fi'", 'writes /bin/sh | > /run/lamp.env'],
  [
    "/bin/sh -c 'cd /run && date > lamp.env.tmp && mv lamp.env.tmp lamp.env'",
    'writes /bin/sh | mv … /run/lamp.env',
  ],
  ["/bin/sh -c 'cd $$DIR && date > lamp.env'", undefined],
  ["/bin/sh -c 'constructor tee /run/lamp.env'", 'names /bin/sh | constructor is given its path'],
  [
    "/bin/sh -c 'date > /run/lamp.env.tmp; mv /run/lamp.env.tmp /run/lamp.env'",
    'writes /bin/sh | mv … /run/lamp.env',
  ],
  ["/bin/sh -c 'f() { date > $$1; }; f /run/lamp.env'", 'writes /bin/sh | > /run/lamp.env'],
  ['/bin/cp /etc/lamp/lamp.env /run/', 'writes /bin/cp | cp … /run/lamp.env'],
  ['/bin/cp /etc/lamp.default /var/run/lamp.env', 'writes /bin/cp | cp … /run/lamp.env'],
  ['/usr/bin/install -m 600 /etc/a /run/lamp.env', 'writes /usr/bin/install | install … /run/lamp.env'],
  ['/bin/ln -sf /etc/lamp.day /run/lamp.env', 'writes /bin/ln | ln … /run/lamp.env'],
  ['/bin/ln -s /run/lamp.env', undefined],
  ['/bin/sed -i s/a/b/ /run/lamp.env', 'writes /bin/sed | sed … /run/lamp.env'],
  ['/bin/sed s/a/b/ /run/lamp.env', undefined],
  ['/bin/dd if=/etc/a of=/run/lamp.env', 'writes /bin/dd | dd … /run/lamp.env'],
  [
    '/usr/bin/env A=b timeout 5 /usr/bin/lamp-env -o /run/lamp.env',
    'writes /usr/bin/lamp-env | lamp-env -o /run/lamp.env',
  ],
  ['/usr/bin/lamp-env --output=/run/lamp.env', 'writes /usr/bin/lamp-env | lamp-env --output /run/lamp.env'],
  ['/usr/bin/lamp-env --file=/run/lamp.env', 'names /usr/bin/lamp-env | lamp-env is given its path'],
  ['/usr/bin/lamp-env %t/lamp.env', 'names /usr/bin/lamp-env | lamp-env is given its path'],
  ['/bin/cat /run/lamp.env', undefined],
  ['/bin/rm -f /run/lamp.env', undefined],
  ["/bin/sh -c 'test -f /run/lamp.env && . /run/lamp.env'", undefined],
  ["/bin/sh -c 'echo LAMP > /run/lamp.env.old'", undefined],
])('ExecStartPre=%s', (command, expected) => {
  expect(writers(`ExecStartPre=${command}`)).toEqual(expected === undefined ? [] : own(expected));
});

test('a path that a variable of the unit carries', () => {
  const lines = 'Environment=OUT=/run/lamp.env DIR=/run\nExecStartPre=';
  expect(writers(`${lines}/bin/tee $OUT`)).toEqual([
    'lighthouse.service:4 writes /bin/tee | tee … /run/lamp.env',
  ]);
  expect(writers(`${lines}/bin/tee \${DIR}/lamp.env`)).toHaveLength(1);
  expect(writers(`${lines}/bin/sh -c 'date > "$$DIR/lamp.env"'`)).toHaveLength(1);
});

test('a working directory', () => {
  expect(
    writers('WorkingDirectory=/run\nExecStartPre=/usr/bin/touch x\nExecStartPre=/usr/bin/tee lamp.env'),
  ).toEqual(['lighthouse.service:5 writes /usr/bin/tee | tee … /run/lamp.env']);
});

const SCRIPT = `#!/bin/sh
set -e
. /etc/lamp.conf
OUT=/run/lamp.env
write() {
  echo "LAMP=$1" > "$OUT"
}
case "$1" in
  on) write bright ;;
esac
`;

test('a script that the line runs is followed, and so is one that that one runs', () => {
  const files = {
    '/usr/lib/lamp/env': SCRIPT,
    '/usr/lib/lamp/outer': '#!/bin/bash\nexec /usr/lib/lamp/env on\n',
  };
  expect(writers('ExecStartPre=/usr/lib/lamp/env on', files)).toEqual(
    own('writes /usr/lib/lamp/env | > /run/lamp.env @ /usr/lib/lamp/env:6'),
  );
  expect(writers('ExecStartPre=/bin/sh /usr/lib/lamp/env on', files)).toHaveLength(1);
  expect(writers('ExecStartPre=/usr/lib/lamp/outer', files)).toEqual(
    own('writes /usr/lib/lamp/env | > /run/lamp.env @ /usr/lib/lamp/env:6'),
  );
});

test('a script is given the path', () => {
  const files = { '/usr/lib/lamp/env': '#!/bin/sh\ndate > "$1"\n' };
  expect(writers('ExecStartPre=/usr/lib/lamp/env /run/lamp.env', files)).toEqual(
    own('writes /usr/lib/lamp/env | > /run/lamp.env @ /usr/lib/lamp/env:2'),
  );
});

test('a script in another language is read for the path, and for a call that opens it for writing', () => {
  const line = 'ExecStartPre=/usr/lib/lamp/env.py';
  const script = (body: string): Record<string, string> => ({
    '/usr/lib/lamp/env.py': `#!/usr/bin/env python3\nimport os\n${body}\n`,
  });
  expect(writers(line, script("with open('/run/lamp.env', 'w') as f: pass"))).toEqual(
    own('writes /usr/lib/lamp/env.py | opens it for writing @ /usr/lib/lamp/env.py:3'),
  );
  expect(writers(line, script("PATH = '/run/lamp.env'"))).toEqual(
    own('names /usr/lib/lamp/env.py | has its path in its text @ /usr/lib/lamp/env.py:3'),
  );
  expect(writers(line, script("PATH = '/run/lamp.env.old'"))).toEqual([]);
});

test('another unit, with what starts it; its drop-ins and resets count, a masked one does not', () => {
  const other = (name: string, lines: string): Record<string, string> => ({
    [`/usr/lib/systemd/system/${name}.service`]: `[Service]\nType=oneshot\n${lines}\n`,
  });
  const files = {
    ...other('make-lamp', "ExecStart=/bin/sh -c 'date > %t/lamp.env'"),
    '/usr/lib/systemd/system/make-lamp.timer': '[Timer]\nOnBootSec=1\n',
    '/usr/lib/systemd/system/fog.path': '[Path]\nPathChanged=/fog\nUnit=make-lamp.service\n',
    '/usr/lib/systemd/system/make-lamp.socket': '[Socket]\nListenStream=1\nService=lamp.service\n',
    ...other('old-lamp', 'ExecStart=/bin/tee /run/lamp.env'),
    [`${ETC}/old-lamp.service`]: '-> /dev/null',
    ...other('reset', 'ExecStart=/bin/tee /run/lamp.env'),
    [`${ETC}/reset.service.d/own.conf`]: '[Service]\nExecStart=\nExecStart=/bin/true\n',
    ...other('added', 'ExecStart=/bin/true'),
    [`${ETC}/added.service.d/own.conf`]: '[Service]\nExecStartPost=/bin/tee /run/lamp.env\n',
    ...other('by-file', 'EnvironmentFile=/etc/by-file\nExecStart=/bin/tee ${WHERE}'),
    '/etc/by-file': 'WHERE=/run/lamp.env\n',
  };
  expect(writers('', files)).toEqual([
    'added.service:2 writes /bin/tee | tee … /run/lamp.env',
    'by-file.service:4 writes /bin/tee | tee … /run/lamp.env',
    'make-lamp.service:3 writes /bin/sh | > /run/lamp.env < fog.path make-lamp.timer',
  ]);
});

test('where a program is seen to write, those that only name the file are left out', () => {
  const lines = 'ExecStartPre=/usr/bin/lamp-env --file=/run/lamp.env\nExecStartPre=/bin/tee /run/lamp.env';
  expect(writers(lines)).toEqual(['lighthouse.service:4 writes /bin/tee | tee … /run/lamp.env']);
});

test.each([
  ['f /run/lamp.env 0644 - - - LAMP=1', 'f where it does not exist'],
  ['f+ /run/lamp.env - - - - LAMP=1', 'f+ each time'],
  ['w /var/run/lamp.env - - - - LAMP=1', 'w each time'],
  ['C "%t/lamp.env" - - - - /etc/lamp', 'C where it does not exist'],
  ['L+! /run/lamp.env - - - - /etc/lamp', 'L+! each time'],
  ['d /run/lamp.env - - - -', undefined],
  ['#f /run/lamp.env', undefined],
])('tmpfiles.d: %s', (line, expected) => {
  const found = writers('', {
    '/usr/lib/tmpfiles.d/lamp.conf': `# lamps\n${line}\n`,
    '/usr/lib/tmpfiles.d/hidden.conf': 'w /run/lamp.env\n',
    '/etc/tmpfiles.d/hidden.conf': '-> /dev/null',
  });
  expect(found).toEqual(
    expected === undefined ? [] : [`tmpfiles /usr/lib/tmpfiles.d/lamp.conf:2 ${expected}`],
  );
});

const FACTS = '#!/bin/sh\ndate > /run/lamp.env\n';

test.each([
  ['a continued line', 'ExecStart=/bin/sh \\\n  /opt/write-facts.sh'],
  ['a line continued twice', 'ExecStart=/bin/sh \\\n  -e \\\n  /opt/write-facts.sh'],
  ['a comment inside a continued line', 'ExecStart=/bin/sh \\\n# not this\n  /opt/write-facts.sh'],
  ['white space around the equals sign', 'ExecStart = /bin/sh \\\n /opt/write-facts.sh'],
])('a script that another unit names on %s is followed', (_, line) => {
  const found = writers('', {
    [`${ETC}/make-lamp.service`]: `[Service]\n${line}\n`,
    '/opt/write-facts.sh': FACTS,
  });
  expect(found).toEqual([
    'make-lamp.service:2 writes /opt/write-facts.sh | > /run/lamp.env @ /opt/write-facts.sh:2',
  ]);
});

test('what starts a unit may be named on a continued line, and by a socket as Service=', () => {
  const found = writers('', {
    [`${ETC}/make-lamp.service`]: '[Service]\nExecStart=/opt/write-facts.sh\n',
    [`${ETC}/dawn.timer`]: '[Timer]\nUnit=\\\n  make-lamp.service\n',
    [`${ETC}/harbour.socket`]: '[Socket]\nService=make-lamp.service\n',
    [`${ETC}/gate.path`]: '[Path]\n# Unit=make-lamp.service\nUnit=other.service\n',
    '/opt/write-facts.sh': { text: FACTS, mode: 0o755 },
  });
  expect(found).toEqual([
    'make-lamp.service:2 writes /opt/write-facts.sh | > /run/lamp.env @ /opt/write-facts.sh:2 < dawn.timer harbour.socket',
  ]);
});

test('a unit that is added, and a script that is edited, between two questions to one host are seen', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nEnvironmentFile=-/run/lamp.env\nExecStart=/usr/lamp\n',
    '/opt/write-facts.sh': '#!/bin/sh\ndate\n',
  });
  const service = loadService(host, 'lighthouse');
  const ask = (): string[] =>
    findWriters(host, service, '/run/lamp.env').map((one) => (one.kind === 'command' ? one.unit : one.kind));
  const found = [ask()];
  addToRoot(host.root, {
    [`${ETC}/make-lamp.service`]: '[Service]\nExecStart=/bin/sh /opt/write-facts.sh\n',
  });
  found.push(ask());
  addToRoot(host.root, { '/opt/write-facts.sh': FACTS });
  found.push(ask());
  expect(found).toEqual([[], [], ['make-lamp.service']]);
});

test('scripts that run themselves, or nest without end, come to an end', () => {
  const files = {
    '/a': '#!/bin/sh\n/b\n/a; /a; /b\n'.repeat(200),
    '/b': '#!/bin/sh\n/a\n/b; /a\n'.repeat(200),
    '/c': `#!/bin/sh\n${'('.repeat(20_000)}date > /run/lamp.env${')'.repeat(20_000)}\n`,
    '/e': `#!/bin/sh\n${'echo -a '.repeat(30_000)}\n${'cat <<X\n'.repeat(9000)}\ndate > /run/other\n`,
    '/d': `#!/bin/sh\nA=x\n${'A="$A$A$A$A"\n'.repeat(500)}\nf() { f; f; }\nf\ndate > /run/lamp.env\n`,
  };
  const lines = 'ExecStartPre=/a\nExecStartPre=/c\nExecStartPre=/d\nExecStartPre=/e';
  expect(writers(lines, files).length).toBeLessThan(2);
});

test('the variables that a writer is seen to write', () => {
  const script = '#!/bin/sh\nOUT=/run/lamp.env\ncat > $OUT <<END\nLAMP=1\n  HORN=2\nEND\nFOG=3\n';
  const unit = `[Service]
ExecStartPre=/bin/sh -c 'echo "BELL=1" > /run/lamp.env; printf -- BUOY=2'
ExecStartPre=/write
ExecStart=/usr/lamp
`;
  const host = rootWith({
    [UNIT]: unit,
    '/write': script,
    '/etc/tmpfiles.d/lamp.conf': 'f /run/lamp.env 0644 - - - TIDE=1\\nSEA=2\n',
  });
  const found = findWriters(host, loadService(host, 'lighthouse'), '/run/lamp.env');
  expect(found.map((writer) => variablesIn(host, writer))).toEqual([
    ['BELL', 'BUOY'],
    ['LAMP', 'HORN'],
    ['TIDE', 'SEA'],
  ]);
  const mentioned = ['BELL', 'ELL', 'LAMP', 'SEA'].map((name) =>
    found.map((writer) => mentionsVariable(host, writer, name)),
  );
  expect(mentioned).toEqual([
    [true, false, false],
    [false, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});
