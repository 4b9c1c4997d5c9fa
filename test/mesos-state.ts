import { WORK } from './mesos-case.ts';
import { field, framed } from './protobuf-writer.ts';

/** The id of the agent in these checkpoints. */
export const AGENT_ID = 'case-S0';
const AGENT = `${WORK}/meta/slaves/${AGENT_ID}`;
const EXECUTOR = `${AGENT}/frameworks/fw-1/executors/exec-1`;
const RUN = `${EXECUTOR}/runs/0b1c`;
export const UPDATES = `${RUN}/tasks/t1/task.updates`;
export const EXECUTOR_INFO = `${EXECUTOR}/executor.info`;
export const AGENT_INFO = `${AGENT}/slave.info`;
export const RESOURCES_INFO = `${WORK}/meta/resources/resources.info`;

export interface StateOptions {
  readonly hostname?: string;
  readonly port?: number;
  readonly resources?: readonly Uint8Array[];
  readonly attributes?: readonly Uint8Array[];
  /** default: one that has a command. */
  readonly executor?: Uint8Array;
  /** TaskState of each update. */
  readonly updates?: readonly number[];
  /** Checkpointed volumes and reservations. */
  readonly checkpointed?: readonly Uint8Array[];
  /** Without the sandbox of the run. */
  readonly withoutSandbox?: boolean;
}

/** The resources that `STATE_SETTINGS` give. */
export const DEFAULT_RESOURCES: readonly Uint8Array[] = [
  scalar('cpus', 4),
  scalar('mem', 8192),
  scalar('disk', 1000),
  ports(31000, 32000),
];
export const STATE_SETTINGS = {
  MESOS_HOSTNAME: '10.0.0.7',
  MESOS_RESOURCES: 'cpus:4;mem:8192;disk:1000;ports:[31000-32000]',
};

/** Checkpoints of an agent with one framework, executor and task, which run. */
export function stateFiles(options: StateOptions = {}): Record<string, string | Uint8Array> {
  const id = (text: string): Buffer => field.bytes(1, text);
  const update = (state: number): Buffer =>
    framed(
      field.integer(1, 0),
      field.bytes(
        2,
        field.bytes(1, id('fw-1')),
        field.bytes(4, field.bytes(1, id('t1')), field.integer(2, state)),
        field.double(5, 1),
      ),
    );
  return {
    [`${WORK}/meta/slaves/latest`]: `-> ${AGENT}`,
    [AGENT_INFO]: framed(
      field.bytes(1, options.hostname ?? '10.0.0.7'),
      ...(options.resources ?? DEFAULT_RESOURCES).map((resource) => field.bytes(3, resource)),
      ...(options.attributes ?? []).map((attribute) => field.bytes(5, attribute)),
      field.bytes(6, id(AGENT_ID)),
      field.integer(7, 1),
      field.integer(8, options.port ?? 5051),
    ),
    [`${AGENT}/frameworks/fw-1/framework.info`]: framed(
      field.bytes(1, 'root'),
      field.bytes(2, 'marathon'),
      field.bytes(3, id('fw-1')),
    ),
    [EXECUTOR_INFO]: framed(options.executor ?? executor({ withCommand: true })),
    [`${RUN}/pids/forked.pid`]: '4711',
    [`${RUN}/tasks/t1/task.info`]: framed(
      field.bytes(1, 't'),
      field.bytes(2, id('t1')),
      field.bytes(3, id('fw-1')),
      field.bytes(5, id(AGENT_ID)),
      field.integer(6, 1),
    ),
    [UPDATES]: Buffer.concat((options.updates ?? [1]).map(update)),
    ...(options.checkpointed === undefined
      ? {}
      : { [RESOURCES_INFO]: Buffer.concat(options.checkpointed.map((resource) => framed(resource))) }),
    [options.withoutSandbox === true
      ? `${WORK}/slaves/other/stdout`
      : `${WORK}/slaves/${AGENT_ID}/frameworks/fw-1/executors/exec-1/runs/0b1c/stdout`]: 'hello\n',
  };
}

/** An ExecutorInfo, of a task group without a command; `secret`: a variable without a value (1.2.0). */
export function executor({
  withCommand,
  secret = false,
}: {
  readonly withCommand: boolean;
  readonly secret?: boolean;
}): Buffer {
  const variable = field.bytes(2, field.bytes(1, field.bytes(1, 'TOKEN')));
  const command = field.bytes(3, 'run');
  return Buffer.concat([
    field.bytes(1, field.bytes(1, 'exec-1')),
    field.bytes(8, field.bytes(1, 'fw-1')),
    ...(withCommand ? [field.bytes(7, command, ...(secret ? [variable] : []))] : []),
  ]);
}

/** A Resource message. `more`: further fields. */
export function scalar(name: string, value: number, role = '*', ...more: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    field.bytes(1, name),
    field.integer(2, 0),
    field.bytes(3, field.double(1, value)),
    field.bytes(6, role),
    ...more,
  ]);
}

export function ports(begin: number, end: number, role = '*', ...more: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    field.bytes(1, 'ports'),
    field.integer(2, 1),
    field.bytes(4, field.bytes(1, field.integer(1, begin), field.integer(2, end))),
    field.bytes(6, role),
    ...more,
  ]);
}

/** DiskInfo with a source: PATH 1, MOUNT 2, BLOCK 3, RAW 4. */
export function diskSource(type: number): Buffer {
  return field.bytes(7, field.bytes(3, field.integer(1, type)));
}

/** DiskInfo with a persistent volume. */
export const VOLUME: Buffer = field.bytes(7, field.bytes(1, field.bytes(1, 'vol-1')));
/** A dynamic reservation, as it was written before 1.4.0. */
export const RESERVED: Buffer = field.bytes(8, field.bytes(1, 'ops'));
/** One reservation within another (1.4.0): DYNAMIC 2, for a role. */
export const REFINED: Buffer = Buffer.concat(
  ['a', 'a/b'].map((role) => field.bytes(13, field.integer(4, 2), field.bytes(3, role))),
);

export function attribute(name: string, text: string): Buffer {
  return Buffer.concat([field.bytes(1, name), field.integer(2, 3), field.bytes(5, field.bytes(1, text))]);
}
