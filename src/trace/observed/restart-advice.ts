import type { Host } from '../../host/host.ts';
import type { EffectiveProperties } from '../../service/directives/effective-property.ts';
import type { ServiceEnvironment } from '../../service/environment.ts';
import { isMissing } from '../../service/environment-layer.ts';
import type { LoadedUnit } from '../../service/load-unit.ts';
import { notAFile } from '../../service/not-a-file.ts';
import { refusedUnit } from '../../service/refused-unit.ts';
import { shellWord } from '../../text/shell-word.ts';

/** A service that runs, and what its files say. */
export interface FilesOfService {
  readonly host: Host;
  readonly unit: LoadedUnit;
  readonly environment: ServiceEnvironment;
  readonly properties: EffectiveProperties;
}

/** The restart to type next; none where systemd would stop the service and not start it again. */
export function restartAdvice(
  service: FilesOfService,
  when?: 'after daemon-reload',
): { readonly next: string } | Record<string, never> {
  if (whyNoRestart(service) !== undefined) return {};
  return { next: restartCommand(service.unit, when) };
}

/** The restart to type, whatever would become of it. */
export function restartCommand({ name }: LoadedUnit, when?: 'after daemon-reload'): string {
  const restart = `systemctl restart ${shellWord(name)}`;
  return when === undefined ? restart : `systemctl daemon-reload && ${restart}`;
}

/** Why a restart would leave the service down, for people. */
export function whyNoRestart({ host, unit, environment, properties }: FilesOfService): string | undefined {
  const missing = environment.layers.find((layer) => layer.kind === 'file' && isMissing(layer));
  if (missing?.kind === 'file') return `${missing.path} ${notAFile(host, missing.path) ?? 'does not exist'}`;
  return refusedUnit(unit, properties)?.reason;
}
