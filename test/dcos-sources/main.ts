import { resolve } from 'node:path';
import { evaluateWithoutExpectation } from './without-expectation.ts';
import { compareWithExpectation } from './with-expectation.ts';
import { CouldNotRun } from '../../src/documents/could-not-run.ts';
import { openCheckout } from './checkout.ts';
import { readExpectation } from './expectation.ts';
import { readOptions, USAGE } from './options.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = run();

function run(): number {
  try {
    // npm runs scripts in the package's directory and says here where it was called.
    const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? resolve('.'));
    if (options.kind === 'help') {
      print(USAGE);
      return 0;
    }
    const checkout = openCheckout(options.sources);
    if (options.expected === undefined) return evaluateWithoutExpectation(checkout, print);
    return compareWithExpectation(checkout, readExpectation(options.expected), print);
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    process.stderr.write(`test:dcos: ${error.message}\n`);
    return 2;
  }
}
