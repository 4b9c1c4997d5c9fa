import { dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { type BegunChange, begunChange, writeStep } from '../../../test/begun-change.ts';
import { rootWith } from '../../../test/root-with.ts';
import { unitFacts } from '../../../test/unit-facts.ts';
import type { UnitFacts } from '../../host/machine.ts';
import { trialRemove } from './trial-remove.ts';

const unit = 'lamp.service';

test('of many files that are not as before the first differences are told, and how many more there are', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const { root } = rootWith(Object.fromEntries(names.map((name) => [`/etc/${name}`, name])));
  const change = await begunChange(
    root,
    names.map((name) => writeStep(`${root}/etc/${name}`, 'x')),
  );
  await change.apply();
  const told = names.flatMap((name) =>
    ['mode', 'content', 'time'].map((what) => `${root}/etc/${name} (${what})`),
  );
  expect(await change.goBack([{ kind: 'verify-files' }])).toMatchObject({
    result: 'failed',
    reason: `not as before, so the service was not started on it: ${told.slice(0, 20).join(', ')}, and 4 more differences`,
  });
});

test('of few differences all are told', async () => {
  const path = `${rootWith({ '/etc/lamp': 'dim' }).root}/etc/lamp`;
  const { machine, goBack } = await begunChange(dirname(dirname(path)), [writeStep(path, 'bright')]);
  machine.files.removeFile(path);
  expect(await goBack([{ kind: 'verify-files' }])).toMatchObject({
    result: 'failed',
    reason: `not as before, so the service was not started on it: ${path} (type)`,
  });
});

test('where the program that lists extended attributes is missing, they are said not to be examined', async () => {
  const { root } = rootWith({ '/etc/lamp': 'dim' });
  const { machine, goBack } = await begunChange(root, [], { alsoKnown: [`${root}/etc/lamp`] });
  const lacking = { ...machine, files: { ...machine.files, attributes: async () => undefined } };
  const end = await goBack([{ kind: 'verify-files' }], lacking);
  expect(end.facts).toEqual([
    {
      verified: {
        items: 1,
        differences: [],
        accepted: [],
        notExamined: [
          'extended attributes, ACLs and capabilities (getfattr is not installed; Debian: apt install attr)',
        ],
      },
    },
  ]);
});

/** What is found when systemd says this of the service after the way back. */
async function foundWhen(change: BegunChange, facts: Partial<UnitFacts>): Promise<unknown> {
  const { machine } = change;
  const systemd = { ...machine.systemd, show: async () => unitFacts(facts) };
  const { facts: found } = await change.goBack([{ kind: 'verify-unit', unit }], { ...machine, systemd });
  return found[0]?.verified?.differences;
}

test('what systemd says otherwise than before the change is told', async () => {
  const change = await begunChange(rootWith({}).root, []);
  expect(await foundWhen(change, {})).toEqual([]);
  expect(
    await foundWhen(change, { loadState: '', dropInPaths: ['/etc/lamp.conf'], needsReload: true }),
  ).toEqual([
    { path: unit, what: 'LoadState', expected: 'loaded', found: 'none' },
    { path: unit, what: 'DropInPaths', expected: 'none', found: '/etc/lamp.conf' },
    { path: unit, what: 'NeedDaemonReload', expected: 'no', found: 'yes' },
  ]);
});

test('the process that a stop should have ended is told when it still runs', async () => {
  const change = await begunChange(rootWith({}).root, [{ kind: 'unit-stop', unit }]);
  change.journal.append({ type: 'done', direction: 'apply', step: 0, facts: { stoppedPid: 71 } });
  expect(await foundWhen(change, { mainPid: 72 })).toEqual([]);
  expect(await foundWhen(change, { mainPid: 71 })).toEqual([
    { path: unit, what: 'MainPID', expected: 'a new process', found: 'still 71' },
  ]);
});

test('the directory of a trial goes when nothing is mounted on it any more', async () => {
  const { root } = rootWith({ '/trial/unit': '' });
  const { context, machine } = await begunChange(root, []);
  machine.files.removeFile(`${root}/trial/unit`);
  const step = { kind: 'trial-remove', trialUnit: 'lamp-trial.service', directory: `${root}/trial` } as const;
  await trialRemove.apply(step, context, {});
  expect(await trialRemove.verify(step, context, {})).toBe(undefined);
});

test('what is still there of a trial is told', async () => {
  const { root } = rootWith({ '/trial/unit': '' });
  const { context } = await begunChange(root, []);
  const directory = `${root}/trial`;
  expect(
    await trialRemove.verify(
      { kind: 'trial-remove', trialUnit: 'lamp-trial.service', directory },
      context,
      {},
    ),
  ).toBe(`${directory} is still there`);
});
