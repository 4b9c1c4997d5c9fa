import { expect, test } from 'vitest';
import { commandPrefix } from './command-prefix.ts';

const becomes = (text: string) => {
  const prefix = commandPrefix(text.split(' ').map((word) => word.replaceAll('_', ' ')));
  if (prefix === undefined) return undefined;
  const { words, environment, directory, isScript } = prefix;
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
    isScript ? 'sh:' : '',
    ...words,
  ]
    .filter((word) => word !== '')
    .join(' ');
};

test.each([
  ['/usr/bin/env lamp -u', 'lamp -u'],
  ['env -i -u OIL --unset=WICK -C /srv A=b C=d lamp E=f', '- -OIL -WICK A=b C=d in /srv lamp E=f'],
  ['env -S_python3_-u /usr/bin/lamp', 'python3 -u /usr/bin/lamp'],
  ['env -S_"python3" /usr/bin/lamp', undefined],
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
  ['setpriv --reuid lamp --regid=lamp --clear-groups --inh-caps -all lamp -v', 'lamp -v'],
  ['sudo -u lamp -H OIL=palm lamp', 'OIL=palm lamp'],
  ['sudo -l', undefined],
  ['flock -n /run/lock lamp', 'lamp'],
  [
    'systemd-run --scope -p CPUQuota=20% -E OIL=palm --working-directory=/srv lamp -v',
    'OIL=palm in /srv lamp -v',
  ],
  [
    'start-stop-daemon --start --quiet --pidfile /run/l.pid --exec /usr/bin/lamp -- -v',
    'in / /usr/bin/lamp -v',
  ],
  ['start-stop-daemon -S -d /srv -x /usr/bin/lamp -a /usr/bin/torch', 'in /srv /usr/bin/torch'],
  ['start-stop-daemon --stop --exec /usr/bin/lamp', undefined],
  ['su - lamp -c exec_lamp_-v', 'sh: exec lamp -v'],
  ['su -s /bin/sh lamp -c lamp', 'sh: lamp'],
  ['su lamp', undefined],
  ['runuser -u lamp -- lamp -c 7', 'lamp -c 7'],
  ['runuser -u lamp lamp -c 7', 'lamp -c 7'],
  ['runuser lamp -c lamp_-v', 'sh: lamp -v'],
  ['numactl --interleave=all lamp', 'lamp'],
  ['nohup', undefined],
  ['constructor lamp', undefined],
  ['lamp nice', undefined],
])('%s becomes %s', (text, expected) => {
  expect(becomes(text)).toBe(expected);
});
