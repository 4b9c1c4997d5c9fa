import { readFileSync } from 'node:fs';
import { checkOrigins } from './check-origins.ts';
import type { Checkout } from './checkout.ts';
import { evaluateYaml } from './evaluate.ts';
import { showVerdict } from './compare-verdict.ts';
import type { GeneratorMachine } from './generator-inputs.ts';
import { LEAST_SHARE, shareOf, showMismatch, showUnknown } from './report.ts';

const CONFIGS = ['minimal', 'rich'];

const SCRIPT = '#!/bin/sh\necho 198.51.100.21\n';

/** The generator's own machine, of our making. */
const MACHINE: GeneratorMachine = {
  environment: new Map([
    ['BOOTSTRAP_ID', 'b'.repeat(40)],
    ['BOOTSTRAP_VARIANT', ''],
    ['DCOS_IMAGE_COMMIT', 'c'.repeat(40)],
  ]),
  files: new Map([
    ['genconf/ip-detect', SCRIPT],
    ['/genconf/ip-detect', SCRIPT],
    ['artifacts/complete/complete.latest.json', '{"bootstrap": "b", "packages": ["lamp--0123"]}'],
  ]),
};

/** Evaluates two configs of our own. 0 when everything could be evaluated and nearly everything has an origin. */
export function evaluateWithoutExpectation(checkout: Checkout, print: (line: string) => void): number {
  const started = performance.now();
  const results = CONFIGS.map((name) => {
    const text = readFileSync(new URL(`./configs/${name}.yaml`, import.meta.url), 'utf8');
    const { evaluation, verdict } = evaluateYaml(checkout, text, MACHINE);
    const missing = [...evaluation.arguments].flatMap(([argument, value]) =>
      value.kind === 'none' ? [`no value: ${argument} (${name}): ${value.reason}`] : [],
    );
    const faults = [
      ...(verdict.status === 'ok' ? [] : [`refused: ${name}: ${showVerdict(verdict)}`]),
      ...evaluation.faults.map((fault) => `fault: ${name}: ${fault}`),
      ...[...evaluation.raw].flatMap(([template, rendering]) =>
        rendering.kind === 'fault' ? [`fault: ${template} (${name}): ${rendering.reason}`] : [],
      ),
    ];
    const origins = checkOrigins(name, evaluation.contents, checkout.texts);
    const known = evaluation.arguments.size - missing.length;
    print(
      `${name}: ${known}/${evaluation.arguments.size} arguments have a value, ${evaluation.files.size} files`,
    );
    for (const line of [...missing, ...faults, ...showUnknown(origins)]) print(line);
    for (const mismatch of origins.mismatches) print(showMismatch(mismatch));
    return { evaluation, origins, isWhole: missing.length + faults.length + origins.mismatches.length === 0 };
  });
  print(
    '\nNOTHING WAS COMPARED: no --expected. What follows says what could be evaluated, not that it is right.',
  );
  const version = results[0]?.evaluation.arguments.get('dcos_version');
  const share = Math.min(...results.map(({ origins }) => shareOf(origins)));
  const characters = results.reduce((sum, { origins }) => sum + origins.characters, 0);
  const seconds = Math.round((performance.now() - started) / 1000);
  print(
    `${version?.kind === 'value' ? version.text.toString() : 'unknown version'}: nothing compared, ` +
      `${results.length} configs evaluated, at least ${share.toFixed(2)} % of ${characters} characters with an origin, ${seconds} s`,
  );
  return results.every(({ isWhole }) => isWhole) && share >= LEAST_SHARE ? 0 : 1;
}
