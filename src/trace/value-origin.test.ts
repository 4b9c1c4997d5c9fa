import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { TracedText } from '../text/traced-text.ts';
import { traceSetting } from './trace-setting.ts';

const ENV = '/etc/lamp.env';
const TEXT = 'LAMP=\nKEEPER=Ida\n';

const generator: Knowledge = {
  id: 'lamp',
  explainFile: (_, path) =>
    path === ENV
      ? {
          path,
          content: TracedText.literal(TEXT, { file: '/gen/lamp.yaml', line: 7, column: 1 }),
          rerender: { result: 'identical' },
        }
      : undefined,
};

test('an empty value of a generated file is made where the template says its name', () => {
  const host = rootWith({
    '/usr/lib/systemd/system/lamp.service': `[Service]\nEnvironmentFile=${ENV}\nExecStart=/bin/lamp\n`,
    [ENV]: TEXT,
  });
  const subject = new Subject(host, 'lamp.service', { knowledge: [generator] });
  const { value, hops } = traceSetting(subject, 'LAMP', { showSecrets: false });
  expect(value).toBe('');
  expect(hops.at(-1)).toEqual({
    kind: 'template',
    file: '/gen/lamp.yaml',
    line: 7,
    column: 1,
    text: 'LAMP=',
  });
});
