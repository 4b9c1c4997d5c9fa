import type { Host } from '../host/host.ts';
import type { Examination, GeneratedFile, PathNote } from '../knowledge/knowledge.ts';
import { readService, type Service } from '../service/service.ts';
import { EffectiveProperties } from '../service/directives/effective-property.ts';
import { type ManagerConfiguration, managerConfiguration } from '../service/system-conf.ts';
import { readServiceStart } from '../service/read-service-start.ts';
import type { ServiceStart } from '../service/service-start.ts';
import { KnownHost, type KnownHostOptions } from './known-host.ts';

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
  #examinations: ReadonlyMap<string, Examination> | undefined;

  /** Throws `CouldNotRun` where `readService` does. */
  constructor(host: Host, serviceName: string, options: KnownHostOptions | KnownHost) {
    this.#known = options instanceof KnownHost ? options : new KnownHost(host, options);
    this.host = this.#known.host;
    this.service = readService(this.host, serviceName);
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
    const launchers = this.#known.knowledge.flatMap(({ launcher }) => launcher ?? []);
    this.#start ??= readServiceStart(this.host, this.service, launchers);
    return this.#start;
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

  /** The programs whose configuration is read, for people, by name. */
  get readsConfigurationOf(): readonly string[] {
    return this.#known.knowledge.flatMap(({ reads }) => reads ?? []).sort((a, b) => a.localeCompare(b, 'en'));
  }

  noteOn(path: string): PathNote {
    return this.#known.noteOn(path);
  }

  explainFile(path: string): GeneratedFile | undefined {
    return this.#known.explainFile(path);
  }
}
