/** What a release may checkpoint that older ones can not read. */
export interface StateBarrier {
  /** The first release that can write it, and read it. */
  readonly release: string;
  readonly what: string;
  /** What an older agent does with it. */
  readonly effect: string;
  readonly source: string;
}

/**
 * Source: the messages of tables/checkpoint-schema.ts; recovery as src/slave/state.cpp of Mesos 0.28.1 and 1.0.0 does
 * it; for reservations state.hpp:144-153 of 1.11.0; docs/downgrades.md.
 */
export const STATE_BARRIERS: readonly StateBarrier[] = [
  {
    release: '1.1.0',
    what: 'Executors without a command (task groups)',
    effect: 'can not read executor.info any more and does not start',
    source: 'ExecutorInfo.command is required until 1.0.1',
  },
  {
    release: '1.1.0',
    what: 'Task states TASK_DROPPED, TASK_UNREACHABLE, TASK_GONE and TASK_UNKNOWN',
    effect: 'can not read task.updates any more, cuts it there and does not start',
    source: 'TaskStatus.state is required, its values 9 to 13 are known from 1.1.0 on',
  },
  {
    release: '1.2.0',
    what: 'Environment variables without a value (secrets)',
    effect: 'can not read executor.info any more and does not start',
    source: 'Environment.Variable.value is required until 1.1.1',
  },
  {
    release: '1.4.0',
    what: 'Refined reservations',
    effect: 'takes the resource for an unreserved one of the role *',
    source: 'Resource.reservations (13) is known from 1.4.0 on',
  },
  {
    release: '1.5.0',
    what: 'Disks of the kind RAW or BLOCK',
    effect: 'can not read slave.info or resources.info any more and does not start',
    source: 'Resource.DiskInfo.Source.type is required, its values 3 and 4 are known from 1.5.0 on',
  },
  {
    release: '1.8.0',
    what: 'resources_and_operations.state',
    effect: 'does not read it; the next start from 1.8.0 on prefers it again, stale as it then is',
    source: 'src/slave/paths.cpp of 1.8.0',
  },
];
