import { fileURLToPath } from 'node:url';

/** The fixture: what the node has that is text. */
export const fixture = fileURLToPath(new URL('../fixtures/dcos-1.7', import.meta.url));

/** What gen calculates for the fixture's config; the test beside it says when it no longer does. */
const configId = 'e9482b325c97e556e29ca885c9eee2e7978411d4';

/** The active packages of the node, by name. */
export const packageIds: Readonly<Record<string, string>> = {
  'dcos-config': `dcos-config--setup_${configId}`,
  'dcos-image': 'dcos-image--75d4ba1419141c3d791b9eaa90f4483503b17777',
  'dcos-metadata': `dcos-metadata--setup_${configId}`,
  mesos: 'mesos--bcd3532be711ab9e0828c963c07a5a0581ca0757',
};
