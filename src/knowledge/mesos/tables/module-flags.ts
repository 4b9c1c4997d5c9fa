/** A flag of the agent whose value names modules, and the kind of module it asks for. */
export interface ModuleFlag {
  readonly flag: string;
  readonly kind: string;
  /** Several names, separated by commas. */
  readonly list: boolean;
  /** Names that need no module. For `--isolation` see built-in-isolators.ts. */
  readonly builtIn: readonly string[];
  /** What the agent says when the name is neither. `%` stands for the name. */
  readonly refusal: string;
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
    refusal: "Could not create isolator '%': Unknown or unsupported isolator",
  },
  { flag: 'hooks', kind: 'Hook', list: true, builtIn: [], refusal: "No hook module named '%' available" },
  {
    flag: 'container_logger',
    kind: 'ContainerLogger',
    list: false,
    builtIn: [],
    refusal: "Failed to create container logger module '%': Module '%' unknown",
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
  return { flag, kind, list: false, builtIn, refusal: "Module '%' unknown" };
}
