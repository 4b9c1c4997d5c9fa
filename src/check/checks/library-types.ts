import { type AbiChange, abidiffVerdict, parseAbidiff } from '../../formats/abidiff/parse-abidiff.ts';
import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { Graph } from '../../graph/graph.ts';
import { type AbidiffRun, abidiff } from '../../host/abidiff.ts';
import { firstOf } from '../../text/first-of.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { changedObjects, type ChangedObject, isSameFile } from './changed-objects.ts';
import { usersOfReplaced } from './users-of-replaced.ts';

const MOST_NAMED = 3;
const MOST_CHANGES = 5000;
const LONGEST_NAME = 120;
const LONGEST_DETAIL = 240;
/** For one library, and for all of them. */
const MOST_MILLISECONDS = 60_000;
const MOST_IN_ALL = 180_000;

export const libraryTypesCheck: GenericCheck = {
  id: 'library-types',
  title: 'What is another build keeps the types that its users were built with',
  advisory: true,
  explains:
    'A function of the same name may want another structure: whoever was built against the old library then reads and ' +
    'writes beside it, and no loader notices. Where debug information of both builds is there (in the file, or below ' +
    '/usr/lib/debug by its build id) and abidiff is installed on the machine that Cutover runs on, the check has abidiff ' +
    'compare copies of the two, for at most a minute each. Changed types under functions that a program or library which ' +
    'stays as it is calls are a warning, for whether it looks into them is not known; under others a note. Whether a function is ' +
    'gone that somebody calls, symbols-missing says. This check never finds a blocker, so the verdict does not wait for it ' +
    'where it can not run. It is silent when no library is another file tomorrow, and when abidiff finds no change of types.',
  run(today, tomorrow) {
    const [before, after] = [closureOf(today), closureOf(tomorrow)];
    if (typeof after === 'string') return { couldNotRun: after };
    if (typeof before === 'string') return { examined: 0, findings: [] };
    const changed = changedObjects(before, after);
    let left = MOST_IN_ALL;
    const findings: GenericFinding[] = [];
    const notCompared: string[] = [];
    for (const one of changed) {
      const began = Date.now();
      const compared = compare(today, tomorrow, one, Math.min(left, MOST_MILLISECONDS));
      left -= Date.now() - began;
      if ('reason' in compared) notCompared.push(`${one.is.name}: ${compared.reason}`);
      else findings.push(...findingOf(today, tomorrow, one, compared.changes));
    }
    if (notCompared.length === 0) return { examined: changed.length, findings };
    const why = firstOf(notCompared, MOST_NAMED, String, '; ');
    if (notCompared.length === changed.length) return { couldNotRun: why };
    return {
      examined: changed.length - notCompared.length,
      findings: [...findings, leftOut(notCompared.length, why)],
    };
  },
};

type Compared = { readonly changes: readonly AbiChange[] } | { readonly reason: string };

function compare(today: Graph, tomorrow: Graph, { was, is }: ChangedObject, most: number): Compared {
  const old = today.start.loaded?.abiSideOf(was) ?? 'no program';
  const now = tomorrow.start.loaded?.abiSideOf(is) ?? 'no program';
  if (typeof old === 'string') return { reason: `today's ${old}` };
  if (typeof now === 'string') return { reason: `tomorrow's ${now}` };
  if (most < 1) return { reason: 'the comparison of the others took all the time there is' };
  return comparedBy(abidiff(old, now, most));
}

function comparedBy(run: AbidiffRun): Compared {
  switch (run.kind) {
    case 'not-installed':
      return { reason: 'abidiff is not installed on this machine (Debian: apt install abigail-tools)' };
    case 'failed':
      return { reason: `abidiff did not finish: ${run.reason}` };
    case 'ran':
      return abidiffVerdict(run.bits) === 'could-not-run'
        ? { reason: `abidiff failed with exit code ${run.bits}` }
        : { changes: parseAbidiff(run.text, MOST_CHANGES).filter(({ kind }) => kind === 'changed') };
  }
}

function findingOf(
  today: Graph,
  tomorrow: Graph,
  { was, is }: ChangedObject,
  changes: readonly AbiChange[],
): GenericFinding[] {
  if (changes.length === 0) return [];
  const others = usersOfReplaced(today, tomorrow, is.realPath);
  const callers = callersOf(today, tomorrow, is, changes);
  const kept = callers.filter(({ isKept }) => isKept);
  const used = (kept.length > 0 ? kept : callers).flatMap((caller) => caller.changes);
  const shown = [...new Set(used.length > 0 ? used : changes)];
  const isFault = kept.length > 0 || others.length > 0;
  const where =
    was.realPath === is.realPath ? is.realPath : `${was.realPath} (today) and ${is.realPath} (tomorrow)`;
  const names = firstOf(shown, MOST_NAMED, shortened);
  const what = `${names} in ${where} ${shown.length === 1 ? 'works' : 'work'} on other types than today.`;
  return [
    {
      severity: isFault ? 'warning' : 'note',
      subject: is.name,
      reason: [what, whoCalls(callers), whoElse(others)].filter((text) => text !== '').join(' '),
      evidence: [...shown]
        .sort((a, b) => Number(isElsewhere(a)) - Number(isElsewhere(b)))
        .slice(0, MOST_NAMED)
        .map((change) => ({ how: `abidiff: ${detailOf(change)}` })),
      remedy: isFault
        ? `Build ${firstOf(kept.length > 0 ? kept.map(({ object }) => object.name) : others, MOST_NAMED)} against tomorrow's ${is.name}, or keep today's.`
        : `Nothing, when what calls it was built against tomorrow's ${is.name}.`,
    },
  ];
}

interface Caller {
  readonly object: LoadedObject;
  /** It is the same file today, and so was built against what is there today. */
  readonly isKept: boolean;
  readonly changes: readonly AbiChange[];
}

function callersOf(
  today: Graph,
  tomorrow: Graph,
  library: LoadedObject,
  changes: readonly AbiChange[],
): Caller[] {
  const { loaded } = tomorrow.start;
  const old = today.start.loaded?.closure.objects ?? [];
  return (loaded?.closure.objects ?? []).flatMap((object): Caller[] => {
    const symbols = loaded?.symbolsOf(object);
    if (object === library || symbols?.kind !== 'symbols') return [];
    const names = symbols.needed.map(({ name }) => name);
    const called = changes.filter((change) => names.some((name) => isOf(name, change)));
    const isKept = old.some((one) => sameRole(one, object) && isSameFile(one, object));
    return called.length === 0 ? [] : [{ object, isKept, changes: called }];
  });
}

function sameRole(was: LoadedObject, is: LoadedObject): boolean {
  return was.rule.kind === 'program' ? is.rule.kind === 'program' : was.name === is.name;
}

/** Of a mangled name its parts are looked at: the last name of the declaration, with its length before it. */
function isOf(symbol: string, { name }: AbiChange): boolean {
  if (!symbol.startsWith('_Z')) return symbol === name;
  const last = name.split('::').at(-1)?.replace(/^~/, '') ?? name;
  return symbol.includes(`${last.length}${last}`);
}

function whoCalls(callers: readonly Caller[]): string {
  const kept = callers.filter(({ isKept }) => isKept);
  if (callers.length === 0) return 'Nothing that is loaded at the start uses them.';
  if (kept.length === 0)
    return `What uses them is another build tomorrow, too: ${firstOf(callers, MOST_NAMED, ({ object }) => object.path)}.`;
  const used = kept.flatMap(({ changes }) => changes.map(shortened));
  return `${firstOf(kept, MOST_NAMED, ({ object }) => object.path)} ${kept.length === 1 ? 'uses' : 'use'} ${firstOf([...new Set(used)], MOST_NAMED)} as built against today's: where it looks into such a type itself, it reads and writes the wrong places.`;
}

function whoElse(others: readonly string[]): string {
  return others.length === 0
    ? ''
    : `${firstOf(others, MOST_NAMED)} ${others.length === 1 ? 'loads' : 'load'} it, too, as it is replaced for everybody.`;
}

function shortened({ name }: AbiChange): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

function isElsewhere({ details }: AbiChange): boolean {
  return details.some((line) => /as reported earlier|were reported earlier/.test(line));
}

function detailOf({ declaration, details }: AbiChange): string {
  const text = `${declaration}: ${details.map((line) => (line.endsWith(':') ? line : `${line};`)).join(' ')}`;
  if (text.length <= LONGEST_DETAIL) return text.replace(/;$/, '');
  return `${text.slice(0, text.lastIndexOf(' ', LONGEST_DETAIL))} …`;
}

function leftOut(count: number, why: string): GenericFinding {
  return {
    severity: 'note',
    subject: `${count} ${count === 1 ? 'library' : 'libraries'}`,
    reason: `The types in ${count === 1 ? 'it' : 'them'} were not compared. ${why}.`,
    evidence: [],
    remedy: 'Install the debug information of both builds (Debian: the packages named …-dbgsym and …-dbg).',
  };
}
