import { expect, test } from 'vitest';
import { commandPrefix } from './command-prefix.ts';

const becomes = (text: string) => {
  const prefix = commandPrefix(
    text.split(' ').map((word) => word.replaceAll('_', ' ')),
    new Map([['WICK', 'round']]),
  );
  if (prefix === undefined) return undefined;
  const { words, environment, directory, script, accounts = [], root, loader } = prefix;
  const changes = environment.map((change) =>
    change.kind === 'clear'
      ? '-'
      : change.kind === 'unset'
        ? `-${change.name}`
        : `${change.name}=${change.value}`,
  );
  return [
    ...changes,
    ...(directory === undefined ? [] : [`in ${directory}`]),
    ...accounts.map(({ kind, name }) => `as ${kind} ${name}:`),
    ...(root === undefined ? [] : [`root ${root}:`]),
    ...(loader === undefined ? [] : [`${loader.libraryPath} + ${loader.preload}:`]),
    script === undefined ? '' : `${script.shell ?? 'sh'}:`,
    ...words,
  ]
    .filter((word) => word !== '')
    .join(' ');
};

test.each([
  ['/usr/bin/env lamp -u', 'lamp -u'],
  ['env -i -u OIL --unset=WICK -C /srv A=b C=d lamp E=f', '- -OIL -WICK A=b C=d in /srv lamp E=f'],
  ['env -S_python3_-u /usr/bin/lamp', 'python3 -u /usr/bin/lamp'],
  ['env -S_"python3" /usr/bin/lamp', 'python3 /usr/bin/lamp'],
  ["env -iS lamp_'a_b'_${WICK}${OIL}_#_c d", '- lamp a b round d'],
  ['env --split-string=A=b_lamp_-v', 'A=b lamp -v'],
  ['env -S lamp_"', undefined],
  ['env -S lamp_$WICK', undefined],
  ['nice -n 5 lamp -n', 'lamp -n'],
  ['nice -n5 lamp', 'lamp'],
  ['nice -19 lamp', 'lamp'],
  ['nice lamp', 'lamp'],
  ['ionice -c 2 -n7 lamp', 'lamp'],
  ['ionice -c3 -p 77', undefined],
  ['chrt -f 10 lamp', 'lamp'],
  ['chrt --rr 10 -- lamp -p', 'lamp -p'],
  ['taskset -c 0-3 lamp', 'lamp'],
  ['timeout -k 5 --signal=INT 10m lamp', 'lamp'],
  [
    'setpriv --reuid lamp --regid=lamp --clear-groups --inh-caps -all lamp -v',
    'as user lamp: as group lamp: lamp -v',
  ],
  ['setpriv --reuid=7 --reset-env lamp', '- as user 7: lamp'],
  ['sudo -nHu lamp OIL=palm lamp', '-LD_LIBRARY_PATH -LD_PRELOAD -LD_AUDIT OIL=palm as user lamp: lamp'],
  ['sudo -l', undefined],
  ['flock -n /run/lock lamp', 'lamp'],
  ['flock /run/lock -c lamp_-v', 'sh: lamp -v'],
  ['flock -w 5 /run/lock --command lamp', 'sh: lamp'],
  ['flock 9', undefined],
  ['unshare -mf --propagation private -w /srv -S 7 lamp -v', 'in /srv as user 7: lamp -v'],
  ['unshare -fpR /jail lamp', 'root /jail: lamp'],
  ['unshare -m', undefined],
  ['chroot --userspec=lamp /jail lamp', 'as user lamp: root /jail: lamp'],
  ['gosu lamp:wick lamp', 'as user lamp: as group wick: lamp'],
  ['/lib64/ld-linux-x86-64.so.2 --library-path /a:/b --preload /c.so lamp -v', '/a:/b + /c.so: lamp -v'],
  ['/lib/ld-linux-aarch64.so.1 --argv0 torch lamp', 'undefined + undefined: lamp'],
  ['/lib64/ld-linux-x86-64.so.2 --list lamp', undefined],
  ['ld-links lamp', undefined],
  [
    'systemd-run --scope -p CPUQuota=20% -E OIL=palm --working-directory=/srv lamp -v',
    'OIL=palm in /srv lamp -v',
  ],
  [
    'start-stop-daemon --start --quiet --pidfile /run/l.pid --exec /usr/bin/lamp -- -v',
    'in / /usr/bin/lamp -v',
  ],
  ['start-stop-daemon -S -bc lamp:wick -x /usr/bin/lamp', 'in / as user lamp: as group wick: /usr/bin/lamp'],
  ['start-stop-daemon -S -r /jail -x /usr/bin/lamp', 'in / root /jail: /usr/bin/lamp'],
  ['start-stop-daemon -S -d /srv -x /usr/bin/lamp -a /usr/bin/torch', 'in /srv /usr/bin/torch'],
  ['start-stop-daemon --stop --exec /usr/bin/lamp', undefined],
  ['su - lamp -c exec_lamp_-v', '- as user lamp: sh: exec lamp -v'],
  ['su -s /bin/dash lamp -c lamp', 'as user lamp: /bin/dash: lamp'],
  ['su -c lamp', 'as user root: sh: lamp'],
  ['su lamp', undefined],
  ['runuser -u lamp -- lamp -c 7', 'as user lamp: lamp -c 7'],
  ['runuser -u lamp lamp -c 7', 'as user lamp: lamp -c 7'],
  ['runuser lamp -c lamp_-v', 'as user lamp: sh: lamp -v'],
  ['numactl --interleave=all lamp', 'lamp'],
  ['nohup', undefined],
  ['constructor lamp', undefined],
  ['lamp nice', undefined],
])('%s becomes %s', (text, expected) => {
  expect(becomes(text)).toBe(expected);
});
