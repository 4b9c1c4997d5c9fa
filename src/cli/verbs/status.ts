import { liveMachine } from '../../host/machine/live-machine.ts';
import { status as readStatus } from '../../engine/status.ts';
import { statusText } from '../../report/terminal/status-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';

export async function status(flags: OutputOptions): Promise<ExitCode> {
  const document = await readStatus(liveMachine());
  if (flags.json === true) printJson(document);
  else print(statusText(screenOf(flags), document));
  return ExitCode.ok;
}
