import packageJson from '../../package.json' with { type: 'json' };

const { version } = packageJson;
const args = process.argv.slice(2);

// Asked most often by scripts, and needs nothing else to be loaded.
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`cutover ${version}\n`);
} else {
  void start();
}

async function start(): Promise<void> {
  const { run } = await (asksForLibraries() ? import('./libraries-program.ts') : import('./program.ts'));
  process.exitCode = await run(args, version);
}

function asksForLibraries(): boolean {
  return args[0] === 'inspect' && args.includes('--libraries');
}
