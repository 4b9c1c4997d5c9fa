/** The programs that the parts on real machines need beyond Node and a bare Debian, with their packages. */
export const neededPrograms = [
  { program: 'systemd', package: 'systemd', why: 'is what runs the services on the test machines' },
  { program: 'systemd-nspawn', package: 'systemd-container', why: 'boots the test machines' },
  { program: 'dbus-daemon', package: 'dbus', why: 'lets busctl ask systemd on the test machines' },
  { program: 'g++', package: 'g++', why: 'builds the stand-ins for Mesos and its modules' },
  { program: 'libtool', package: 'libtool-bin', why: "makes the build tree's wrapper scripts" },
  { program: 'ping', package: 'iputils-ping', why: "is run by the DC/OS unit's ExecStartPre= lines" },
  { program: 'strace', package: 'strace', why: 'watches that the read-only verbs write nothing' },
  { program: 'xz', package: 'xz-utils', why: 'packs archives, and unpacks them for Cutover' },
  { program: 'zstd', package: 'zstd', why: 'likewise, as the packages of Ubuntu are' },
  { program: 'bzip2', package: 'bzip2', why: 'likewise' },
  { program: 'setfacl', package: 'acl', why: 'sets the access lists that a rollback must bring back' },
  {
    program: 'setfattr',
    package: 'attr',
    why: 'sets the extended attributes that a rollback must bring back',
  },
  { program: 'abidiff', package: 'abigail-tools', why: 'compares the types in two builds of a library' },
];
