import { expect, test } from 'vitest';
import { addToRoot, rootWith } from '../../test/root-with.ts';
import { CONFIG, GEN, NODE_OF_1_7 } from '../../test/small-dcos-node.ts';
import { allKnowledge } from '../knowledge/all-knowledge.ts';
import { KnownHost } from './known-host.ts';

const UNIT = '/etc/systemd/system/dcos-lamp.service';
const LISTS = '/var/lib/dpkg/info';
const PACKAGE = '/opt/mesosphere/packages/lamp--1';
const LAMP_ENV = `${CONFIG}/etc/lamp7`;

test('a package that is installed between two questions owns its files in the second', () => {
  const { root, host } = rootWithPackages();
  const owner = (path: string): string | undefined =>
    new KnownHost(host, { knowledge: allKnowledge }).noteOn(path).owner;
  expect([owner('/usr/bin/lamp'), owner(UNIT)]).toEqual([undefined, undefined]);
  addToRoot(root, {
    [`${LISTS}/lamp.list`]: '/.\n/usr/bin/lamp\n',
    [`${PACKAGE}/dcos.target.wants/dcos-lamp.service`]: '',
    '/opt/mesosphere/active/lamp': `-> ${PACKAGE}`,
  });
  expect([owner('/usr/bin/lamp'), owner(UNIT)]).toEqual(['lamp', 'lamp--1']);
});

test('within one question the first look counts', () => {
  const { root, host } = rootWithPackages();
  const known = new KnownHost(host, { knowledge: allKnowledge });
  expect(known.noteOn('/usr/bin/horn').owner).toBeUndefined();
  addToRoot(root, { [`${LISTS}/lamp.list`]: '/.\n/usr/bin/lamp\n' });
  expect(known.noteOn('/usr/bin/lamp').owner).toBeUndefined();
});

test('a template that is edited between two questions makes another file in the second', () => {
  const host = rootWith({
    ...NODE_OF_1_7,
    [`${GEN}/dcos-config.yaml`]: 'package:\n  - path: /etc/lamp7\n    content: |\n      LAMP=on\n',
    [LAMP_ENV]: 'LAMP=on\n',
  });
  const ask = () => new KnownHost(host, { knowledge: allKnowledge }).explainFile(LAMP_ENV)?.rerender.result;
  expect(ask()).toBe('identical');
  addToRoot(host.root, {
    [`${GEN}/dcos-config.yaml`]: 'package:\n  - path: /etc/lamp7\n    content: |\n      LAMP=off\n',
  });
  expect(ask()).toBe('different');
});

test('sources of the same path on two hosts are not mistaken for each other', () => {
  const sourcesThatSay = (text: string) => ({
    host: rootWith({
      ...NODE_OF_1_7,
      [`${GEN}/dcos-config.yaml`]: `package:\n  - path: /etc/lamp7\n    content: |\n      ${text}\n`,
    }),
    directory: GEN,
  });
  const host = new KnownHost(rootWith({ ...NODE_OF_1_7, [LAMP_ENV]: 'LAMP=on\n' }), { knowledge: [] }).host;
  const ask = (text: string) =>
    new KnownHost(host, { knowledge: allKnowledge, sources: sourcesThatSay(text) }).explainFile(LAMP_ENV)
      ?.rerender.result;
  expect([ask('LAMP=on'), ask('LAMP=off')]).toEqual(['identical', 'different']);
});

function rootWithPackages() {
  const host = rootWith({
    [UNIT]: '[Service]\n',
    '/etc/systemd/system/dcos.target.wants/dcos-lamp.service': `-> ${UNIT}`,
    [`${LISTS}/horn.list`]: '/.\n',
    '/opt/mesosphere/active/.keep': '',
  });
  return { root: host.root, host };
}
