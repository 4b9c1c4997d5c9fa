import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { WhyNot, WhyNotLine } from '../../documents/why-not.ts';
import type { UnitFile } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import { EffectiveProperties } from '../../service/directives/effective-property.ts';
import { readEnvironment } from '../../service/environment.ts';
import type { FileLayer } from '../../service/environment-layer.ts';
import { readVariables } from '../../service/environment-lines.ts';
import { loadUnit } from '../../service/load-unit.ts';
import { managerSettings } from '../../service/manager-settings.ts';
import { refusedUnit } from '../../service/refused-unit.ts';
import { maskSecrets } from '../../text/secrets.ts';
import { type Answer, noEffect } from './answer.ts';
import { asItRuns } from './as-it-runs.ts';
import { answerEnvironmentFileLines } from './environment-file-lines.ts';
import { answerManagerLines, isManagerFile } from './manager-lines.ts';
import type { Question } from './question.ts';
import { answerUnitLines } from './unit-lines.ts';
import { unreadFile } from './unread-file.ts';

export interface WhyNotOptions {
  readonly showSecrets: boolean;
  /** What the running systemd says of the service, where the host is live and it answers. */
  readonly says?: SystemdSays | undefined;
}

const SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * Why a line of a file, or each line of it, has no effect on a service; or that it has one. Throws `CouldNotRun` for
 * a unit that does not exist, and for a file that the program reads itself.
 */
export function whyNot(
  host: Host,
  serviceName: string,
  { path, line }: { readonly path: string; readonly line?: number },
  options: WhyNotOptions,
): WhyNot {
  const asked = { file: path, ...(line === undefined ? {} : { line }) };
  const question = ask(host, serviceName, options.says);
  if ('refused' in question && 'reason' in question) {
    return document(serviceFile(serviceName), asked, question, [], options, host);
  }
  const { unit } = question;
  const lines = linesOf(question, path, options);
  if (!Array.isArray(lines)) return document(unit.name, asked, lines, [], options, host);
  const wanted = line === undefined ? lines : lines.filter((one) => one.line === line);
  if (line !== undefined && wanted.length === 0) {
    const answer = noEffect(`the file ends with line ${lines.length}`, { next: `cat -n ${path}` });
    return document(unit.name, asked, undefined, [{ line, text: '', ...answer }], options, host);
  }
  return document(unit.name, asked, undefined, wanted, options, host);
}
