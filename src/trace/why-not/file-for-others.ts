import { type Answer, noEffect } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

/** Why a well-known file counts for others: logins, the units of users, init scripts. */
export function fileForOthers(question: Question, path: string): Answer | undefined {
  const { unit, environment } = question;
  if (environment.layers.some((layer) => layer.kind === 'file' && layer.path === path)) return undefined;
  const found = FOR_OTHERS.find(({ pattern }) => pattern.test(path));
  if (found === undefined) return undefined;
  const isPam = unit.assignments.some(
    ({ section, key, value }) => section === 'Service' && key === 'PAMName' && value.length > 0,
  );
  if (isPam && found.pam === true) return undefined;
  return noEffect(found.reason, { next: found.next(unit.name) });
}

interface ForOthers {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly next: (unit: string) => string;
  /** Counts for a service with PAMName=. */
  readonly pam?: true;
}

const VARIABLE = (unit: string): string =>
  `systemctl edit ${shellWord(unit)}    and write [Service] and Environment=NAME=value`;
const HOME = String.raw`^(?:/root|/home/[^/]+)`;

/** Source: environ(7), environment.d(5), limits.conf(5), systemd.unit(5), "UNIT FILE LOAD PATH". */
const FOR_OTHERS: readonly ForOthers[] = [
  {
    pattern: /^\/etc\/(?:environment|security\/pam_env\.conf)$/,
    reason: 'it is read for logins; systemd does not read it for a service',
    next: VARIABLE,
    pam: true,
  },
  {
    pattern: new RegExp(
      String.raw`^/etc/(?:profile|profile\.d/.*|bash\.bashrc|bashrc|zsh/.*)$|${HOME}/\.(?:profile|bashrc|bash_profile|zshrc|zprofile|zshenv|pam_environment)$`,
    ),
    reason: 'shells of logins read it; systemd runs no shell for a service',
    next: VARIABLE,
  },
  {
    pattern: new RegExp(
      String.raw`^/(?:etc|run|usr/lib|usr/local/lib)/environment\.d/|${HOME}/\.config/environment\.d/`,
    ),
    reason: "it is for the services of users (systemd --user), not for the system's",
    next: VARIABLE,
  },
  {
    pattern: /^\/etc\/security\/limits\.(?:conf$|d\/)/,
    reason: 'it sets limits for logins; those of a service are its own Limit…= directives',
    next: (unit) => `systemctl edit ${shellWord(unit)}    and write [Service] and LimitNOFILE=…`,
    pam: true,
  },
  {
    pattern: new RegExp(
      String.raw`^/(?:etc|run|usr/lib|usr/local/lib|usr/share|usr/local/share)/systemd/user/|${HOME}/\.(?:config|local/share)/systemd/user/|^/etc/systemd/user\.conf(?:$|\.d/)`,
    ),
    reason: "it is for the services of users (systemd --user), not for the system's",
    next: (unit) => `systemctl edit ${shellWord(unit)}`,
  },
  {
    pattern: /^\/etc\/init\.d\//,
    reason: 'it is an init script, and there is a unit file, which systemd takes instead',
    next: (unit) => `systemctl edit ${shellWord(unit)}`,
  },
];
