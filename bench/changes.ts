import { bootMachine, type Machine } from '../test/hosts/machine.ts';
import { compare, type Measurement } from './measurement.ts';

/** Not where no disk can be mounted. */
export type MeasuredChanges =
  | { readonly kind: 'measured'; readonly times: readonly Measurement[] }
  | { readonly kind: 'not-measured'; readonly reason: string };

const ROUNDS = 5;
const PATIENT = { timeout: 10 * 60_000 };
const FILES = 1000;
const LARGE_FILES = 64;
/** A snapshot at 0.8 times the speed of a copy takes 1.25 times as long. */
const GOAL_SNAPSHOT = 1.25;
const GOAL_FILES = 2;
/** On the disk, as `/var/lib/cutover` is: in memory a sync would cost nothing. */
const DISK = '/srv/depot';
const STATE = `${DISK}/state`;
const LARGE_STATE = `${DISK}/large-state`;
const REPLACEMENT = `${DISK}/depot-2`;
const SETTINGS = `${DISK}/settings`;
const COPIED = `${DISK}/copied`;
const UNIT = 'depot.service';

/**
 * What copies cost beyond a copy, against `cp -a` and one `sync`: the snapshot of a state directory, of which most is copied while
 * the service still runs, a replacement and a
 * thousand files one by one, from the end of the step before to their own in the journal. And a whole change against the
 * same done by hand: what systemd takes for its part is in both. Each begins with all on the disk: what the one before it
 * removed is not to be paid for by the next.
 */
export async function measureChanges(): Promise<MeasuredChanges> {
  let machine: Machine;
  try {
    machine = await bootMachine({ name: 'bench-changes', onDisk: ['/var/lib/cutover', DISK] });
  } catch (error) {
    return { kind: 'not-measured', reason: error instanceof Error ? error.message : String(error) };
  }
  try {
    return { kind: 'measured', times: await measureOn(machine) };
  } finally {
    await machine.throwAway();
  }
}

async function measureOn(machine: Machine): Promise<Measurement[]> {
  await install(machine);
  const copy = (from: string) => ({
    title: 'cp -a --reflink=auto, and sync',
    run: async () => await copying(machine, from, ''),
  });
  const byHand = (from: string) => ({
    title: 'cp -a, sync, systemctl daemon-reload and restart',
    run: async () => await copying(machine, from, `systemctl daemon-reload && systemctl restart ${UNIT}`),
  });
  const change = (name: string, measured: string) => async () => {
    const output = await machine.mustRunShell(`cutover apply /root/${name}.yaml --json --quiet`, PATIENT);
    const times = await machine.mustRunShell(`node /root/times.mjs ${journalOf(output)} ${measured}`);
    await machine.mustRunShell(
      `cutover rollback ${UNIT} --quiet > /dev/null; rm -rf /var/lib/cutover/store/*; sync`,
      PATIENT,
    );
    return Number(times);
  };
  const snapshot = async (what: string, spec: string, state: string): Promise<Measurement[]> => [
    await compare(
      { title: `snapshot of ${what}: while the service is down`, run: change(spec, 'state-snapshot') },
      copy(state),
      ROUNDS,
      GOAL_SNAPSHOT,
    ),
    await compare(
      { title: `snapshot of ${what}: in all`, run: change(spec, 'state-copy,state-snapshot') },
      copy(state),
      ROUNDS,
    ),
  ];
  return [
    ...(await snapshot(`${FILES} files of 16 KiB`, 'state', STATE)),
    ...(await snapshot(`${LARGE_FILES} files of 2 MiB`, 'large-state', LARGE_STATE)),
    await compare(
      { title: `a replacement of ${FILES} files into the store`, run: change('replacement', 'store-add') },
      copy(REPLACEMENT),
      ROUNDS,
      GOAL_FILES,
    ),
    await compare(
      { title: `${FILES} files written one by one`, run: change('files', 'file-write') },
      copy(SETTINGS),
      ROUNDS,
      GOAL_FILES,
    ),
    await compare(
      { title: `a whole change of ${FILES} files`, run: change('files', 'whole') },
      byHand(SETTINGS),
      ROUNDS,
      GOAL_FILES,
    ),
  ];
}

function journalOf(output: string): string {
  const outcome: unknown = JSON.parse(output);
  if (typeof outcome === 'object' && outcome !== null && 'journal' in outcome) return String(outcome.journal);
  throw new Error(`no outcome: ${output}`);
}

async function copying(machine: Machine, from: string, then: string): Promise<number> {
  const script = `s=$(date +%s%N); cp -a --reflink=auto ${from} ${COPIED} && sync -f ${COPIED}; ${then}
    e=$(date +%s%N); rm -r ${COPIED}; sync; echo $((e - s))`;
  return Number(await machine.mustRunShell(script)) / 1e6;
}

/** Milliseconds from the records before the steps of some kinds to their ends; of the whole: from the first record to the gate. */
const TIMES = `import { readFileSync } from 'node:fs';
const [, , journal, what] = process.argv;
const kinds = what.split(',');
const records = readFileSync(journal, 'utf8').trim().split('\\n').map((line) => JSON.parse(line));
const at = (record) => Date.parse(record.at);
let ms = 0;
for (const [index, { type, action, steps }] of records.entries()) {
  if (type !== 'intent' && type !== 'intents') continue;
  const { kind } = action ?? steps[0].action;
  if (what === 'whole' && kind === 'gate') ms = at(records[index - 1]) - at(records[0]);
  if (kinds.includes(kind)) ms += at(records[index + 1]) - at(records[index - 1]);
}
console.log(ms);
`;

async function install(machine: Machine): Promise<void> {
  const spec = (rest: string) =>
    `apiVersion: cutover/v1\nkind: Replacement\nservice: ${UNIT}\ntrial: no\ngate: { stable: 0s }\n${rest}`;
  const files = Array.from(
    { length: FILES },
    (_, n) => `  - { path: ${DISK}/etc/${n}, content: "file ${n}\\n" }\n`,
  );
  await machine.writeFile('/root/times.mjs', TIMES);
  for (const [name, state] of Object.entries({ state: STATE, 'large-state': LARGE_STATE }))
    await machine.writeFile(
      `/root/${name}.yaml`,
      spec(`settings: { set: { LAMP: red } }\nstate: { snapshot: [${state}] }\n`),
    );
  await machine.writeFile(
    '/root/replacement.yaml',
    spec(`replacement: { directory: ${REPLACEMENT}, command: bin/depot }\n`),
  );
  await machine.writeFile('/root/files.yaml', spec(`files:\n${files.join('')}`));
  await machine.writeFile(
    `/etc/systemd/system/${UNIT}`,
    '[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/sleep infinity\n',
  );
  await machine.mustRunShell(`set -e
    mkdir -p ${STATE} ${LARGE_STATE} ${REPLACEMENT}/bin ${REPLACEMENT}/share ${SETTINGS} ${DISK}/etc
    head -c $((${FILES} * 16384)) /dev/urandom | split -b 16384 -d -a 4 - ${STATE}/
    head -c $((${LARGE_FILES} * 2097152)) /dev/urandom | split -b 2097152 -d -a 4 - ${LARGE_STATE}/
    head -c $((${FILES} * 4096)) /dev/urandom | split -b 4096 -d -a 4 - ${REPLACEMENT}/share/
    seq ${FILES} | split -l 1 -d -a 4 - ${SETTINGS}/
    cp /bin/sleep ${REPLACEMENT}/bin/sleep; printf '#!/bin/sh\\nexec sleep infinity\\n' > ${REPLACEMENT}/bin/depot
    chmod 755 ${REPLACEMENT}/bin/depot; systemctl daemon-reload; systemctl start ${UNIT}`);
}
