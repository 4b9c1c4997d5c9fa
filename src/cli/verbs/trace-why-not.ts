import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Host } from '../../host/host.ts';
import { systemdSays } from '../../host/systemd-says.ts';
import { whyNotText } from '../../report/terminal/why-not-text.ts';
import type { Screen } from '../../report/terminal/screen.ts';
import { unitName } from '../../service/load-unit.ts';
import { parseFileAddress } from '../../trace/file/parse-file-address.ts';
import { whyNot } from '../../trace/why-not/why-not.ts';
import { ExitCode } from '../exit-code.ts';
import { print, printJson } from '../output.ts';
import { whereAsked } from '../where-asked.ts';
import type { TraceFlags } from './trace.ts';
import { shellWord } from '../../text/shell-word.ts';

/** `cutover trace SERVICE --why-not FILE[:LINE]`: 0 where all that was asked for has an effect, else 1. */
export function printWhyNot(
  host: Host,
  service: string | undefined,
  asked: string,
  flags: TraceFlags,
  screen: Screen,
): ExitCode {
  if (service === undefined || service.includes('/')) {
    throw new CouldNotRun(`--why-not ${asked}: for which service?`, {
      next: `cutover trace SERVICE --why-not ${shellWord(asked)}`,
    });
  }
  const address = parseFileAddress(host, asked, whereAsked(host, flags));
  const says = host.kind === 'live' ? systemdSays(unitName(service)) : undefined;
  const answer = whyNot(host, service, address, { showSecrets: flags.showSecrets === true, says });
  if (flags.json === true) printJson(answer);
  else print(whyNotText(screen, answer));
  return {
    'in-force': ExitCode.ok,
    'no-effect': ExitCode.no,
    'not-a-setting': ExitCode.no,
    unknown: ExitCode.couldNotRun,
  }[answer.effect];
}
