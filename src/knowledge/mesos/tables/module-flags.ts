/** A flag of the agent whose value names modules, and the kind of module it asks for. */
export interface ModuleFlag {
  readonly flag: string;
  readonly kind: string;
  /** Several names, separated by commas. */
  readonly list: boolean;
  /** Names that need no module. For `--isolation` see built-in-isolators.ts. */
  readonly builtIn: readonly string[];
  /** What the agent says when the name is neither, from which release on; newest first, `%` is the name. */
  readonly refusals: readonly (readonly [since: string, text: string])[];
}

/**
 * Source: src/slave/main.cpp, src/slave/slave.cpp, src/hook/manager.cpp and
 * src/slave/containerizer/mesos/containerizer.cpp of Mesos 0.28.1, 1.0.0 and 1.11.0.
 */
export const MODULE_FLAGS: readonly ModuleFlag[] = [
  {
    flag: 'isolation',
    kind: 'Isolator',
    list: true,
    builtIn: [],
    refusals: [
      ['1.6.0', "Unknown or unsupported isolator '%'"],
      ['1.0.0', "Failed to create isolator '%': Unknown or unsupported isolator"],
      ['0.23.0', "Could not create isolator '%': Unknown or unsupported isolator"],
    ],
  },
  {
    flag: 'hooks',
    kind: 'Hook',
    list: true,
    builtIn: [],
    refusals: [['0.23.0', "No hook module named '%' available"]],
  },
  {
    flag: 'container_logger',
    kind: 'ContainerLogger',
    list: false,
    builtIn: [],
    refusals: [['0.27.0', "Failed to create container logger module '%': Module '%' unknown"]],
  },
  single('authenticatee', 'Authenticatee', 'crammd5'),
  single('authorizer', 'Authorizer', 'local'),
  { ...single('http_authenticators', 'HttpAuthenticator', 'basic', 'jwt'), list: true },
  single('resource_estimator', 'ResourceEstimator'),
  single('qos_controller', 'QoSController'),
  single('secret_resolver', 'SecretResolver'),
  single('disk_profile_adaptor', 'DiskProfileAdaptor'),
  single('master_detector', 'MasterDetector'),
];

function single(flag: string, kind: string, ...builtIn: string[]): ModuleFlag {
  return { flag, kind, list: false, builtIn, refusals: [['0.23.0', "Module '%' unknown"]] };
}
