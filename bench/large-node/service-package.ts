import { mkdirSync, writeFileSync } from 'node:fs';

const FILES = 60;

/** Lays out a package with one service, as those of DC/OS look, and returns its id. */
export function layServicePackage(root: string, service: string): string {
  const id = `${service}--${Buffer.from(service).toString('hex').padEnd(40, '0').slice(0, 40)}`;
  const home = `/opt/mesosphere/packages/${id}`;
  for (const directory of ['bin', `lib/${service}`, 'dcos.target.wants_slave', `share/${service}`]) {
    mkdirSync(`${root}${home}/${directory}`, { recursive: true });
  }
  writeFileSync(`${root}${home}/pkginfo.json`, '{}\n');
  writeFileSync(`${root}${home}/bin/${service}`, '#!/bin/sh\nexec sleep infinity\n', { mode: 0o755 });
  for (let index = 0; index < FILES; index += 1) {
    const directory = index % 2 === 0 ? `lib/${service}` : `share/${service}`;
    writeFileSync(`${root}${home}/${directory}/${index}.dat`, `${service} ${index}\n`);
  }
  writeFileSync(
    `${root}${home}/dcos.target.wants_slave/${service}.service`,
    `[Unit]
Description=${service}, one of many
After=dcos-mesos-slave.service

[Service]
Restart=always
RestartSec=5
User=root
EnvironmentFile=/opt/mesosphere/environment
EnvironmentFile=/opt/mesosphere/etc/${service}.env
EnvironmentFile=-/opt/mesosphere/etc/${service}-extras.env
EnvironmentFile=-/var/lib/dcos/${service}.env
Environment=LARGE_HOME=${home}
ExecStartPre=/opt/mesosphere/bin/bootstrap ${service}
ExecStart=${home}/bin/${service} --verbose
`,
  );
  return id;
}
