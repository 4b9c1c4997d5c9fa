import type { ExpectedFile } from './expectation.ts';
import type { EvaluatedFile } from './evaluation.ts';
import { compareByName, type Comparison } from './comparison.ts';
import { sha256 } from './compare-renderings.ts';

/** Each file of the packages and each merged template, by length, mode and digest. */
export function compareFiles(
  config: string,
  expected: ReadonlyMap<string, ExpectedFile>,
  got: ReadonlyMap<string, EvaluatedFile>,
): Comparison {
  return compareByName(expected, got, (name, wanted, file) => {
    const found =
      file === undefined
        ? undefined
        : { bytes: Buffer.byteLength(file.content), mode: file.mode, sha256: sha256(file.content) };
    const [want, have] = [show(wanted), show(found)];
    return want === have ? undefined : { subject: 'file', config, name, expected: want, got: have };
  });
}

function show(file: ExpectedFile | undefined): string {
  return file === undefined
    ? '(no such file)'
    : `${file.bytes} bytes, mode ${file.mode}, sha256 ${file.sha256}`;
}
