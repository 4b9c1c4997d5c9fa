/** The unit of a small service that systemd starts at every boot, and again as often as it ends. */
export function serviceUnit(description: string, ...service: readonly string[]): string {
  return `[Unit]
Description=${description}
StartLimitIntervalSec=0
[Service]
${service.join('\n')}
Restart=always
RestartSec=100ms
[Install]
WantedBy=multi-user.target
`;
}
