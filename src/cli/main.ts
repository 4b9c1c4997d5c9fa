import packageJson from '../../package.json' with { type: 'json' };

const { version } = packageJson;

// Asked most often by scripts, and needs nothing else to be loaded.
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  process.stdout.write(`cutover ${version}\n`);
} else {
  void start();
}

async function start(): Promise<void> {
  const { run } = await import('./program.ts');
  process.exitCode = await run(process.argv.slice(2), version);
}
