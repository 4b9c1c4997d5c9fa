import { expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import { showPlace } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { nodeInputs } from './node-inputs.ts';

const VERSION = '{\n  "version": "2.2.1",\n  "dcos-image-commit": "9802",\n  "bootstrap-id": "0123"\n}\n';

const nothing = () => undefined;

/** Each run of characters and where it comes from. */
function shown(text: TracedText | null | undefined): string[] | null | undefined {
  return text?.slices.map(({ text: run, origin }) => {
    const name = origin.kind === 'input' ? origin.name : origin.kind;
    return `${JSON.stringify(run)} ${name} ${origin.place === undefined ? '' : showPlace(origin.place)}`;
  });
}

test('commit and bootstrap id stand in dcos-version.json', () => {
  const { environmentVariable } = nodeInputs(
    rootWith({ '/opt/mesosphere/etc/dcos-version.json': VERSION }),
    nothing,
  );
  expect(shown(environmentVariable('DCOS_IMAGE_COMMIT'))).toEqual([
    '"9802" DCOS_IMAGE_COMMIT /opt/mesosphere/etc/dcos-version.json:3:25',
  ]);
  expect(shown(environmentVariable('BOOTSTRAP_ID'))).toEqual([
    '"0123" BOOTSTRAP_ID /opt/mesosphere/etc/dcos-version.json:4:20',
  ]);
  expect(environmentVariable('BOOTSTRAP_VARIANT')).toBeUndefined();
  expect(environmentVariable('HOME')).toBeUndefined();
});

test('or in the environment of the services, or in the record', () => {
  const host = rootWith({ '/opt/mesosphere/environment': 'PATH=/bin\nDCOS_IMAGE_COMMIT=41b5\n' });
  const recorded = TracedText.from('ee', { kind: 'input', name: 'bootstrap_variant' });
  const { environmentVariable } = nodeInputs(host, (name) =>
    name === 'bootstrap_variant' ? recorded : undefined,
  );
  expect(shown(environmentVariable('DCOS_IMAGE_COMMIT'))).toEqual([
    '"41b5" DCOS_IMAGE_COMMIT /opt/mesosphere/environment:2:1',
  ]);
  expect(environmentVariable('BOOTSTRAP_VARIANT')).toBe(recorded);
});

test('the scripts that the generator read are those that the node carries, line by line', () => {
  const host = rootWith({
    '/opt/mesosphere/bin/detect_ip': '#!/bin/sh\nhostname -i\n',
    '/opt/mesosphere/bin/detect_ip_public': 'curl http://192.0.2.1\n',
  });
  const named = TracedText.from('genconf/my-script', { kind: 'input', name: 'ip_detect_public_filename' });
  const { fileContent } = nodeInputs(host, (name) =>
    name === 'ip_detect_public_filename' ? named : undefined,
  );
  expect(shown(fileContent('genconf/ip-detect'))).toEqual([
    '"#!/bin/sh\\n" genconf/ip-detect /opt/mesosphere/bin/detect_ip:1:1',
    '"hostname -i\\n" genconf/ip-detect /opt/mesosphere/bin/detect_ip:2:1',
  ]);
  expect(shown(fileContent('genconf/my-script'))).toEqual([
    '"curl http://192.0.2.1\\n" genconf/my-script /opt/mesosphere/bin/detect_ip_public:1:1',
  ]);
  expect(fileContent('genconf/fault-domain-detect')).toBeNull();
  expect(fileContent('/etc/passwd')).toBeUndefined();
});

test('a variable with a name that every object of JavaScript knows is none that the generator had', () => {
  const { environmentVariable } = nodeInputs(
    rootWith({ '/opt/mesosphere/etc/dcos-version.json': VERSION }),
    (name) => TracedText.from(`the argument ${name}`, { kind: 'derived', rule: 'a lamp' }),
  );
  expect(environmentVariable('constructor')).toBeUndefined();
});
