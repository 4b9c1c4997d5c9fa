import { fileURLToPath } from 'node:url';

/** The fixture: a DC/OS 2.2 agent node, all of it text. */
export const fixture = fileURLToPath(new URL('../fixtures/dcos-2.2', import.meta.url));

/** What gen calculates for the fixture's config; the test beside it says when it no longer does. */
export const configId = '5e84e606f0564b11a6a89bea28bf6ae3b509ce67';

/** The active packages of the node, by name. */
export const packageIds: Readonly<Record<string, string>> = {
  'dcos-config': `dcos-config--setup_${configId}`,
  'dcos-image': 'dcos-image--7c3f0e1d2b4a5968778695a4b3c2d1e0f9e8d7c6',
  'dcos-metadata': `dcos-metadata--setup_${configId}`,
  mesos: 'mesos--5e0d2c4b6a8f9e1d3c5b7a90817263544536271a',
  telegraf: 'telegraf--90ab12cd34ef56ab78cd90ef12ab34cd56ef78ab',
};

/** Where a package dcos-image has the generator. */
export const SITE_PACKAGES = 'lib/python3.6/site-packages';

/** What a checkout can't keep: the modes that the templates say and git doesn't store. */
export const SECRET_FILES: readonly string[] = ['etc/user.config.full.yaml', 'etc/expanded.config.full.json'];
