import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import {
  CONFIG,
  explain,
  MADE,
  NODE_OF_1_8,
  short,
  VERSION,
  writtenAt,
} from '../../../../../test/small-dcos-node.ts';

describe('a file that is not what its sources make', () => {
  const common = MADE['/etc/mesos-slave-common'];

  function likely(files: Record<string, string>, age: Record<string, number> = {}): string | undefined {
    const host = rootWith({ ...NODE_OF_1_8, ...files });
    for (const [path, seconds] of Object.entries(age)) {
      writtenAt(host, path, seconds);
    }
    const { rerender } = explain(host, '/opt/mesosphere/etc/mesos-slave-common');
    return rerender.result === 'different' ? rerender.likely : rerender.result;
  }

  test('for blanks alone', () => {
    expect(likely({ [`${CONFIG}/etc/mesos-slave-common`]: common.replaceAll('\n', '\r\n') })).toBe(
      'only blanks and line ends differ: an editor, or a copy by hand',
    );
  });

  test('for a file where a link should be', () => {
    expect(likely({ '/opt/mesosphere/etc/mesos-slave-common': common.replace('cpu', 'all') })).toBe(
      'edited by hand: /opt/mesosphere/etc/mesos-slave-common is a file of its own, where pkgpanda puts a link into the package',
    );
  });

  test('for one that was written after all the others', () => {
    const edited = { [`${CONFIG}/etc/mesos-slave-common`]: common.replace('cpu', 'all') };
    const age = Object.fromEntries(
      Object.keys(MADE).map((path) => [`${CONFIG}${path}`, path === '/etc/mesos-slave-common' ? 2e9 : 1e9]),
    );
    expect(likely(edited, age)).toBe(
      'edited by hand: it was written 2033-05-18T03:33:20Z, after all other files of its directory (2001-09-09T01:46:40Z): only line 1 differs',
    );
  });

  test('for a line put in', () => {
    expect(likely({ [`${CONFIG}/etc/mesos-slave-common`]: `${common}MESOS_PORT=5051\n` })).toBe(
      'edited by hand: line 4 was put in',
    );
  });

  test('for a value that the config decides, though the file has more that is different', () => {
    const edited = `${common.replace('2days', '9days')}MESOS_PORT=5051\n`;
    const unrecorded = { '/opt/mesosphere/etc/expanded.config.json': '{"weights":""}\n' };
    expect(likely({ [`${CONFIG}/etc/mesos-slave-common`]: edited, ...unrecorded })).toBe(
      'made with another config: gc_delay was "9days", not "2days" (gen/calc.py:21:30)',
    );
    expect(likely({ [`${CONFIG}/etc/mesos-slave-common`]: edited })).toBe(
      'edited by hand: /opt/mesosphere/etc/expanded.config.json:3:15 recorded gc_delay as the sources give it',
    );
  });

  test('for sources of another version', () => {
    expect(
      short(
        likely({
          [`${CONFIG}/etc/mesos-slave-common`]: common.replace('cpu', 'all'),
          '/opt/mesosphere/etc/dcos-version.json': VERSION['/opt/mesosphere/etc/dcos-version.json'].replace(
            '1.8.8',
            '1.8.9',
          ),
        }) ?? '',
      ),
    ).toBe(
      'the sources are those of 1.8.8 (gen/calc.py:23:26), the node is 1.8.9 (etc/dcos-version.json:2:15)',
    );
  });
});
