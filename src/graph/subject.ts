import { type Host, HostError } from '../host/host.ts';
import type { Examination, GeneratedFile, PathNote } from '../knowledge/knowledge.ts';
import { readService, type Service } from '../service/service.ts';
import { EffectiveProperties } from '../service/directives/effective-property.ts';
import { type ManagerConfiguration, managerConfiguration } from '../service/system-conf.ts';
import { hostSeenBy, type SeenHost } from '../service/host-seen-by.ts';
import type { ServiceCommand } from '../service/commands.ts';
import type { Launch } from '../service/launch.ts';
import { launchOfCommand } from '../service/launch-of-command.ts';
import type { Launcher } from '../service/launcher.ts';
import { readServiceStart } from '../service/read-service-start.ts';
import type { ServiceStart } from '../service/service-start.ts';
import { KnownHost, type KnownHostOptions } from './known-host.ts';

/** A command of the unit with its way to the program. */
export interface CommandLaunch {
  readonly command: ServiceCommand;
  readonly seen: SeenHost;
  readonly launch: Launch | undefined;
  /** Why there is no launch. */
  readonly whyNot?: string;
}

/**
 * One service on one host, with all that is known of it. Each part is read when it is first asked for and
 * then kept: a trace of one variable need not read the libraries.
 */
export class Subject {
  readonly host: Host;
  readonly service: Service;
  readonly #known: KnownHost;
  #manager: ManagerConfiguration | undefined;
  #properties: EffectiveProperties | undefined;
  #start: ServiceStart | undefined;
  #launches: readonly CommandLaunch[] | undefined;
  #examinations: ReadonlyMap<string, Examination> | undefined;

  /** Throws `CouldNotRun` where `readService` does. */
  constructor(host: Host, serviceName: string, options: KnownHostOptions | KnownHost) {
    this.#known = options instanceof KnownHost ? options : new KnownHost(host, options);
    this.host = this.#known.host;
    const { managerEnvironment: running } = this.#known;
    this.service = readService(this.host, serviceName, running === 'unknown' ? undefined : running);
  }

  /** The configuration of the system manager. */
  get manager(): ManagerConfiguration {
    this.#manager ??= managerConfiguration(this.host);
    return this.#manager;
  }

  /** What systemd makes of the directives of the unit's files. */
  get properties(): EffectiveProperties {
    this.#properties ??= new EffectiveProperties(this.host, this.service.unit, (setting) =>
      this.manager.settings.findLast(({ key }) => key === setting)?.value.toString(),
    );
    return this.#properties;
  }

  get start(): ServiceStart {
    this.#start ??= readServiceStart(this.host, this.service, this.launchers);
    return this.#start;
  }

  /** The way of each command of the unit to its program, in the order of the files. */
  get launches(): readonly CommandLaunch[] {
    this.#launches ??= this.service.commands.map((command) => this.#launchOf(command));
    return this.#launches;
  }

  #launchOf(command: ServiceCommand): CommandLaunch {
    const { start, service } = this;
    if (command === start.command) {
      const { host, hiddenBy, launch } = start;
      return { command, seen: { host, hiddenBy, notExamined: [] }, launch };
    }
    // A `+` takes the command out of the service's own view of the files. Source: systemd.service(5), COMMAND LINES.
    const isSame = command.prefixes.includes('+') === start.command?.prefixes.includes('+');
    const seen = isSame
      ? { host: start.host, hiddenBy: start.hiddenBy, notExamined: [] }
      : hostSeenBy(this.host, service.unit, command.prefixes);
    try {
      return { command, seen, launch: launchOfCommand(seen.host, service, command, this.launchers) };
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      return { command, seen, launch: undefined, whyNot: error.message };
    }
  }

  /** What is known of launchers that no script leads through. */
  get launchers(): readonly Launcher[] {
    return this.#known.knowledge.flatMap(({ launcher }) => launcher ?? []);
  }

  /** What each knowledge that recognises the service sees in it, by the knowledge's id. */
  get examinations(): ReadonlyMap<string, Examination> {
    this.#examinations ??= new Map(
      this.#known.knowledge.flatMap((knowledge) => {
        const examination = knowledge.examine?.(this.start);
        return examination === undefined ? [] : [[knowledge.id, examination] as const];
      }),
    );
    return this.#examinations;
  }

  /** Another service of the same host. Throws `CouldNotRun` as the constructor does. */
  beside(serviceName: string): Subject {
    return new Subject(this.host, serviceName, this.#known);
  }

  /** The manager was asked for its environment, and did not answer. */
  get isManagerSilent(): boolean {
    return this.#known.managerEnvironment === 'unknown';
  }

  /** The programs whose configuration is read, for people, by name. */
  get readsConfigurationOf(): readonly string[] {
    return this.#known.knowledge.flatMap(({ reads }) => reads ?? []).sort((a, b) => a.localeCompare(b, 'en'));
  }

  /** Those that package managers run when packages come and go. */
  get packageScripts(): readonly string[] {
    return this.#known.packageScripts;
  }

  noteOn(path: string): PathNote {
    return this.#known.noteOn(path);
  }

  explainFile(path: string): GeneratedFile | undefined {
    return this.#known.explainFile(path);
  }
}
