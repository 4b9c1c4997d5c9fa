import { HELD_BY, NOT_ALLOWED } from '../../graph/parts/port-holders.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { shellWord } from '../../text/shell-word.ts';

export const portsCheck: GenericCheck = {
  id: 'ports',
  title: 'The ports that tomorrow opens are free, and the service may open them',
  explains:
    'A port that another process listens at, or that an enabled socket unit of another service keeps, can not be opened a ' +
    'second time ("Address already in use"); one below 1024 wants CAP_NET_BIND_SERVICE, which a service with User= has ' +
    'only when AmbientCapabilities= gives it. The ports are those that the configuration of a known program names; TCP ' +
    'alone is looked at, and who listens only on the running machine. The check is silent about a port that today names, ' +
    'too, unless today may open it and tomorrow may not.',
  run(today, tomorrow) {
    const ports = [...tomorrow.nodes.values()].filter(({ kind }) => kind === 'port');
    return {
      examined: ports.length,
      findings: ports.flatMap(({ id, name, attributes }): GenericFinding[] => {
        const before = today.nodes.get(id);
        const evidence = tomorrow.edgesTo(id).map((edge) => edge.evidence);
        const holder = attributes[HELD_BY];
        const refusal = attributes[NOT_ALLOWED];
        return [
          ...(holder === undefined || before !== undefined
            ? []
            : [
                {
                  severity: 'blocker' as const,
                  subject: `port ${name}`,
                  reason: `It is held by ${holder}: bind(2) says "Address already in use".`,
                  evidence,
                  remedy: `Let another port be used, or stop who holds it: ${stopping(holder)}`,
                },
              ]),
          ...(refusal === undefined || before?.attributes[NOT_ALLOWED] !== undefined
            ? []
            : [
                {
                  severity: 'blocker' as const,
                  subject: `port ${name}`,
                  reason: `${refusal}: bind(2) says "Permission denied".`,
                  evidence,
                  remedy: 'Write AmbientCapabilities=CAP_NET_BIND_SERVICE in a drop-in, or use a port above.',
                },
              ]),
        ];
      }),
    };
  },
};

function stopping(holder: string): string {
  const unit = /^\S+\.(?:service|socket)/.exec(holder)?.[0];
  return unit === undefined
    ? 'ss -ltnp tells which one it is.'
    : `systemctl disable --now ${shellWord(unit)}`;
}
