import { findText } from '../../formats/elf/find-text.ts';
import { withFile } from '../../host/with-file.ts';
import type { ServiceStart } from '../../service/service-start.ts';

/** What was compiled into the service's program; the first group of the pattern. undefined where none was reached. */
export function textInProgram({ host, loaded }: ServiceStart, pattern: RegExp): string | undefined {
  if (loaded === undefined) return undefined;
  const { path, elf } = loaded.closure.program;
  return withFile(host, path, (source) => findText(source, elf, pattern)?.[1]);
}
