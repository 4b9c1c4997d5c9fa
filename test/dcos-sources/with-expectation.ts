import { join } from 'node:path';
import { addCounts, checkOrigins } from './check-origins.ts';
import { checkByHand, samplesFor } from './hand-checked.ts';
import type { Checkout } from './checkout.ts';
import { compareArguments } from './compare-arguments.ts';
import { compareFiles } from './compare-files.ts';
import { compareRenderings } from './compare-renderings.ts';
import { compareSetters } from './compare-setters.ts';
import { compareVerdict } from './compare-verdict.ts';
import { type Comparison, together } from './comparison.ts';
import { evaluate, evaluateBroken } from './evaluate.ts';
import type { Expectation, ExpectedConfig } from './expectation.ts';
import { machineOf } from './generator-inputs.ts';
import {
  closingLine,
  count,
  isAllEqual,
  mismatchesOf,
  showMismatch,
  showUnknown,
  type Totals,
} from './report.ts';

const NOTHING: Comparison = { compared: 0, mismatches: [] };

/** Compares everything with what the real generator computed; 0 when all is equal, otherwise 1. */
export function compareWithExpectation(
  checkout: Checkout,
  expectation: Expectation,
  print: (line: string) => void,
): number {
  const started = performance.now();
  const compared = expectation.configs.map((config) => {
    const result = compareConfig(checkout, expectation, config);
    print(`${config.name}: ${describe(result)}`);
    for (const fault of result.faults) print(`${config.name}: could not be evaluated: ${fault}`);
    return result;
  });
  const broken = compareBroken(checkout, expectation);
  if (broken.compared > 0) print(count(broken, 'broken configs'));
  const totals: Totals = {
    version: versionOf(expectation),
    arguments: together(compared.map((config) => config.arguments)),
    setters: together(compared.map((config) => config.setters)),
    renderings: together(compared.map((config) => config.renderings)),
    files: together(compared.map((config) => config.files)),
    handChecked: together(compared.map((config) => config.handChecked)),
    broken,
    origins: addCounts(compared.map((config) => config.origins)),
    faults: compared.flatMap(({ faults }) => faults),
    seconds: (performance.now() - started) / 1000,
  };
  for (const mismatch of mismatchesOf(totals)) print(`\n${showMismatch(mismatch)}`);
  for (const line of showUnknown(totals.origins)) print(line);
  print(`\n${closingLine(totals)}`);
  return isAllEqual(totals) ? 0 : 1;
}

type ConfigResult = Omit<Totals, 'version' | 'broken' | 'seconds'>;

function compareConfig(checkout: Checkout, expectation: Expectation, config: ExpectedConfig): ConfigResult {
  const { name, userArguments, arguments: expected, provenance, raw, rendered, files } = config;
  const machine = machineOf(expected, files, join(expectation.directory, '..', 'configs'));
  const evaluation = evaluate(checkout, new Map(Object.entries(userArguments)), machine);
  return {
    arguments: compareArguments(name, expected, evaluation.arguments),
    setters: provenance === undefined ? NOTHING : compareSetters(name, provenance, evaluation.arguments),
    renderings: raw === undefined ? NOTHING : compareRenderings(name, raw, evaluation.raw),
    files: rendered === undefined ? NOTHING : compareFiles(name, rendered, evaluation.files),
    handChecked: checkByHand(samplesFor(config), evaluation.contents),
    origins: checkOrigins(name, evaluation.contents, checkout.texts),
    faults: evaluation.faults,
  };
}

function describe(result: ConfigResult): string {
  return [
    count(result.arguments, 'arguments'),
    count(result.setters, 'setters'),
    count(result.renderings, 'raw templates'),
    count(result.files, 'files'),
  ].join(', ');
}

function compareBroken(checkout: Checkout, { configs, broken, directory }: Expectation): Comparison {
  const minimal = configs.find(({ name }) => name === 'minimal');
  if (minimal === undefined) return NOTHING;
  const user = new Map(Object.entries(minimal.userArguments));
  return together(
    broken.map(({ name, delta, verdict, files }) => {
      const machine = machineOf(minimal.arguments, files, join(directory, '..', 'configs'));
      return compareVerdict(name, verdict, evaluateBroken(checkout, user, delta, machine));
    }),
  );
}

function versionOf({ configs, directory }: Expectation): string {
  return configs[0]?.arguments.get('dcos_version') ?? directory;
}
