export type ServiceSection = 'Unit' | 'Service' | 'Install';

/** The section of a .service file in which systemd 252 knows the directive. */
export function sectionOf(key: string): ServiceSection | undefined {
  return SERVICE_SECTION_NAMES.find((section) => keysOf(section).includes(key));
}

export const SERVICE_SECTION_NAMES: readonly ServiceSection[] = ['Unit', 'Service', 'Install'];

/** The directives of a section of .service files. */
export function keysOf(section: ServiceSection): readonly string[] {
  return KEYS[section];
}

/** The types of units, such as `.timer`, whose files have the directive, though no .service has it. */
export function otherTypesWith(key: string): string[] {
  return Object.entries(OTHER_KEYS).flatMap(([section, keys]) =>
    keys.includes(key) ? [`.${section.toLowerCase()}`] : [],
  );
}

/** The type of units that has a section of that name, such as `.timer`; undefined for one of .service files. */
export function otherTypeOfSection(section: string): string | undefined {
  return [...Object.keys(OTHER_KEYS), 'Slice', 'Scope'].includes(section)
    ? `.${section.toLowerCase()}`
    : undefined;
}

/**
 * Every directive that systemd 252 knows in a .service file, by section, and those that only files of other unit types
 * have. Source: `systemd --dump-configuration-items` of systemd 252.
 */
const KEYS: Readonly<Record<ServiceSection, readonly string[]>> = {
  Unit: words(
    'Description Documentation SourcePath Requires Requisite Wants BindsTo BindTo Upholds Conflicts Before',
    'After OnSuccess OnFailure PropagatesReloadTo PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom',
    'PropagatesStopTo StopPropagatedFrom PartOf JoinsNamespaceOf RequiresOverridable RequisiteOverridable',
    'RequiresMountsFor StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies',
    'OnSuccessJobMode OnFailureJobMode OnFailureIsolate IgnoreOnIsolate JobTimeoutSec JobRunningTimeoutSec',
    'JobTimeoutAction JobTimeoutRebootArgument StartLimitIntervalSec StartLimitInterval StartLimitBurst',
    'StartLimitAction FailureAction SuccessAction FailureActionExitStatus SuccessActionExitStatus',
    'RebootArgument ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory',
    'ConditionPathIsSymbolicLink ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionPathIsEncrypted',
    'ConditionDirectoryNotEmpty ConditionFileNotEmpty ConditionFileIsExecutable ConditionNeedsUpdate',
    'ConditionFirstBoot ConditionArchitecture ConditionFirmware ConditionVirtualization ConditionHost',
    'ConditionKernelCommandLine ConditionKernelVersion ConditionCredential ConditionSecurity',
    'ConditionCapability ConditionACPower ConditionMemory ConditionCPUFeature ConditionCPUs',
    'ConditionEnvironment ConditionUser ConditionGroup ConditionControlGroupController ConditionOSRelease',
    'ConditionMemoryPressure ConditionCPUPressure ConditionIOPressure AssertPathExists AssertPathExistsGlob',
    'AssertPathIsDirectory AssertPathIsSymbolicLink AssertPathIsMountPoint AssertPathIsReadWrite',
    'AssertPathIsEncrypted AssertDirectoryNotEmpty AssertFileNotEmpty AssertFileIsExecutable',
    'AssertNeedsUpdate AssertFirstBoot AssertArchitecture AssertVirtualization AssertHost',
    'AssertKernelCommandLine AssertKernelVersion AssertCredential AssertSecurity AssertCapability',
    'AssertACPower AssertMemory AssertCPUFeature AssertCPUs AssertEnvironment AssertUser AssertGroup',
    'AssertControlGroupController AssertOSRelease AssertMemoryPressure AssertCPUPressure AssertIOPressure',
    'CollectMode',
  ),
  Service: words(
    'PIDFile ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost RestartSec',
    'TimeoutSec TimeoutStartSec TimeoutStopSec TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode',
    'RuntimeMaxSec RuntimeRandomizedExtraSec WatchdogSec StartLimitInterval StartLimitBurst StartLimitAction',
    'FailureAction RebootArgument Type ExitType Restart PermissionsStartOnly RootDirectoryStartOnly',
    'RemainAfterExit GuessMainPID RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus',
    'NonBlocking BusName FileDescriptorStoreMax NotifyAccess Sockets USBFunctionDescriptors',
    'USBFunctionStrings OOMPolicy WorkingDirectory RootDirectory RootImage RootImageOptions RootHash',
    'RootHashSignature RootVerity ExtensionDirectories ExtensionImages MountImages User Group',
    'SupplementaryGroups Nice OOMScoreAdjust CoredumpFilter IOSchedulingClass IOSchedulingPriority',
    'CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork CPUAffinity NUMAPolicy NUMAMask UMask',
    'Environment EnvironmentFile PassEnvironment UnsetEnvironment DynamicUser RemoveIPC StandardInput',
    'StandardOutput StandardError StandardInputText StandardInputData TTYPath TTYReset TTYVHangup',
    'TTYVTDisallocate TTYRows TTYColumns SyslogIdentifier SyslogFacility SyslogLevel SyslogLevelPrefix',
    'LogLevelMax LogRateLimitIntervalSec LogRateLimitBurst LogExtraFields SecureBits CapabilityBoundingSet',
    'AmbientCapabilities TimerSlackNSec NoNewPrivileges KeyringMode ProtectProc ProcSubset SystemCallFilter',
    'SystemCallArchitectures SystemCallErrorNumber SystemCallLog MemoryDenyWriteExecute RestrictNamespaces',
    'RestrictRealtime RestrictSUIDSGID RestrictAddressFamilies LockPersonality RestrictFileSystems LimitCPU',
    'LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS LimitNOFILE LimitAS LimitNPROC LimitMEMLOCK',
    'LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitNICE LimitRTPRIO LimitRTTIME ReadWriteDirectories',
    'ReadOnlyDirectories InaccessibleDirectories ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths',
    'NoExecPaths ExecSearchPath BindPaths BindReadOnlyPaths TemporaryFileSystem PrivateTmp PrivateDevices',
    'ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectClock ProtectControlGroups',
    'NetworkNamespacePath IPCNamespacePath LogNamespace PrivateNetwork PrivateUsers PrivateMounts PrivateIPC',
    'ProtectSystem ProtectHome MountFlags MountAPIVFS Personality RuntimeDirectoryPreserve',
    'RuntimeDirectoryMode RuntimeDirectory StateDirectoryMode StateDirectory CacheDirectoryMode',
    'CacheDirectory LogsDirectoryMode LogsDirectory ConfigurationDirectoryMode ConfigurationDirectory',
    'SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted TimeoutCleanSec PAMName',
    'IgnoreSIGPIPE UtmpIdentifier UtmpMode SELinuxContext AppArmorProfile SmackProcessLabel ProtectHostname',
    'Slice AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes CPUAccounting',
    'CPUWeight StartupCPUWeight CPUShares StartupCPUShares CPUQuota CPUQuotaPeriodSec MemoryAccounting',
    'MemoryMin DefaultMemoryMin DefaultMemoryLow MemoryLow MemoryHigh MemoryMax MemorySwapMax MemoryLimit',
    'DeviceAllow DevicePolicy IOAccounting IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax',
    'IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax IODeviceLatencyTargetSec BlockIOAccounting',
    'BlockIOWeight StartupBlockIOWeight BlockIODeviceWeight BlockIOReadBandwidth BlockIOWriteBandwidth',
    'TasksAccounting TasksMax Delegate DisableControllers IPAccounting IPAddressAllow IPAddressDeny',
    'IPIngressFilterPath IPEgressFilterPath ManagedOOMSwap ManagedOOMMemoryPressure',
    'ManagedOOMMemoryPressureLimit ManagedOOMPreference BPFProgram SocketBindAllow SocketBindDeny',
    'RestrictNetworkInterfaces SendSIGKILL SendSIGHUP KillMode KillSignal RestartKillSignal FinalKillSignal',
    'WatchdogSignal',
  ),
  Install: words('Alias WantedBy RequiredBy Also DefaultInstance'),
};

/** Section of another unit type → what its files have and no .service has. */
const OTHER_KEYS: Readonly<Record<string, readonly string[]>> = {
  Socket: words(
    'ListenStream ListenDatagram ListenSequentialPacket ListenFIFO ListenNetlink ListenSpecial',
    'ListenMessageQueue ListenUSBFunction SocketProtocol BindIPv6Only Backlog BindToDevice ExecStopPre',
    'SocketUser SocketGroup SocketMode DirectoryMode Accept FlushPending Writable MaxConnections',
    'MaxConnectionsPerSource KeepAlive KeepAliveTimeSec KeepAliveIntervalSec KeepAliveProbes DeferAcceptSec',
    'NoDelay Priority ReceiveBuffer SendBuffer IPTOS IPTTL Mark PipeSize FreeBind Transparent Broadcast',
    'PassCredentials PassSecurity PassPacketInfo Timestamping TCPCongestion ReusePort MessageQueueMaxMessages',
    'MessageQueueMessageSize RemoveOnStop Symlinks FileDescriptorName Service TriggerLimitIntervalSec',
    'TriggerLimitBurst SmackLabel SmackLabelIPIn SmackLabelIPOut SELinuxContextFromNet',
  ),
  Mount: words('What Where Options DirectoryMode SloppyOptions LazyUnmount ForceUnmount ReadWriteOnly'),
  Automount: words('Where ExtraOptions DirectoryMode TimeoutIdleSec'),
  Swap: words('What Priority Options'),
  Timer: words(
    'OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec OnClockChange',
    'OnTimezoneChange Persistent WakeSystem RemainAfterElapse FixedRandomDelay AccuracySec RandomizedDelaySec',
    'Unit',
  ),
  Path: words(
    'PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty Unit MakeDirectory DirectoryMode',
    'TriggerLimitIntervalSec TriggerLimitBurst',
  ),
};

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
