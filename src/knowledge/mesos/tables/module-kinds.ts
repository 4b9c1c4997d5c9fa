/**
 * Kinds of module that the loader knows, by the release that added them (undefined: 0.23.0 or before). For every
 * kind and every release the only Mesos version accepted is the agent's own.
 * Source: src/module/manager.cpp, 67-78 of 0.28.0 and 68-84 of 1.11.0.
 */
export const MODULE_KINDS: ReadonlyMap<string, string | undefined> = new Map([
  ['Allocator', undefined],
  ['Anonymous', undefined],
  ['Authenticatee', undefined],
  ['Authenticator', undefined],
  ['Authorizer', '0.24.0'],
  ['ContainerLogger', '0.27.0'],
  ['DiskProfileAdaptor', '1.5.0'],
  ['Hook', undefined],
  ['HttpAuthenticatee', '1.5.0'],
  ['HttpAuthenticator', '0.27.0'],
  ['Isolator', undefined],
  ['MasterContender', '1.0.0'],
  ['MasterDetector', '1.0.0'],
  ['QoSController', undefined],
  ['ResourceEstimator', undefined],
  ['SecretResolver', '1.4.0'],
  ['TestModule', undefined],
]);

/** `MESOS_MODULE_API_VERSION` of every release from 0.23.0 to 1.11.0. */
export const MODULE_API_VERSION = '2';
