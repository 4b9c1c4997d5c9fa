import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../../graph/subject.ts';
import type { GeneratedFile, Knowledge } from '../../knowledge/knowledge.ts';
import { TracedText } from '../../text/traced-text.ts';
import { overridesInFile } from './overrides-in-file.ts';

const PATH = '/opt/lamp/modules.json';
const generated: GeneratedFile = {
  path: PATH,
  content: TracedText.empty,
  rerender: { result: 'identical' },
  argument: (name) => ({ config: 'lamps.yaml', settable: name === 'colour', why: `${name} is so` }),
};

test('a variable that names the file can name another; the config can be set; the file itself is made anew', () => {
  const unit =
    '[Service]\nEnvironment=MODULES=file:///opt/lamp/modules.json OTHER=/opt/lamp/modules.json.old\nExecStart=/l\n';
  const host = rootWith({ '/etc/systemd/system/lighthouse.service': unit });
  const lamps: Knowledge = {
    id: 'lamps',
    noteOn: (_, path) =>
      path === PATH
        ? { owner: 'lamp-config', survives: false, purpose: 'replaced at an upgrade' }
        : undefined,
  };
  const subject = new Subject(host, 'lighthouse', { knowledge: [lamps] });
  const made = ['colour', 'beam'].map((name) => ({ name, use: 'value' as const, lines: [1] }));
  expect(overridesInFile(PATH, generated, made, [subject])).toEqual({
    overrides: [
      {
        file: '/etc/systemd/system/lighthouse.service.d/90-cutover.conf',
        exists: false,
        survives: true,
        why: 'MODULES of lighthouse.service names the file: let it name a copy of your own; a drop-in with Environment=; no environment file sets the variable',
      },
      {
        file: 'lamps.yaml',
        exists: false,
        survives: true,
        why: 'for all machines: colour (colour is so); then the files must be generated anew, and what they are packed in activated on every machine',
      },
    ],
    futileOverrides: [
      { file: PATH, why: 'it is generated: belongs to lamp-config, replaced at an upgrade' },
      { file: 'lamps.yaml', why: 'beam: beam is so' },
    ],
  });
});
