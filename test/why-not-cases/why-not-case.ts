export interface WhyNotCase {
  readonly title: string;
  /** Files beside those of `LAMP_FILES`; `-> target` is a link. */
  readonly files: Readonly<Record<string, string>>;
  /** FILE[:LINE] */
  readonly ask: string;
  readonly effect: 'in-force' | 'no-effect' | 'not-a-setting';
  readonly reason: string;
  /** The place that decides, as FILE[:LINE]. */
  readonly by?: string;
  /** What the line does to systemd where it sets nothing: it makes it refuse the unit, or the rest of the file. */
  readonly breaks?: true;
  /** Where the line does something else than what it was meant for: that, a variable or a property of the service. */
  readonly meant?: string;
}

export const LIB = '/usr/lib/systemd/system';
export const ETC = '/etc/systemd/system';
export const RUN = '/run/systemd/system';
export const UNIT = `${LIB}/lamp.service`;
export const D = `${ETC}/lamp.service.d`;
export const OWN = `${D}/own.conf`;

/** Its process writes its environment to /run/environ/lamp. */
export const LAMP_FILES: Readonly<Record<string, string>> = { [UNIT]: unit('Environment=LAMP=unit') };

export function unit(service: string, more = ''): string {
  return `[Service]\nType=oneshot\nExecStart=/usr/bin/env -0\nStandardOutput=truncate:/run/environ/lamp\n${service}\n${more}`;
}
