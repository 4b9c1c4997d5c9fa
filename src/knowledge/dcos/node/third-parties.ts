/** A program of DC/OS that talks to the Mesos agent, or to the master about it. */
export interface ThirdParty {
  /** The unit that a node which has it has, by release. */
  readonly units: readonly string[];
  /** Who it is, for people. */
  readonly who: string;
  /** What it asks for, and through what. */
  readonly asks: string;
  /** It reaches the agent through its port. */
  readonly byPort: boolean;
  /** The module of the agent that it gets its data from. */
  readonly module?: RegExp;
}

/**
 * Source: the units and configuration of the packages of dcos/dcos 1.7 to 2.2 (dcos-metrics, telegraf, dcos-log, 3dt,
 * dcos-diagnostics, adminrouter, minuteman, spartan, navstar, dcos-net, dcos-history), and gen/calc.py for the modules.
 */
export const THIRD_PARTIES: readonly ThirdParty[] = [
  {
    units: ['dcos-metrics-agent.service', 'dcos-telegraf.service'],
    who: 'the metrics of the node',
    asks: 'what it and its containers use',
    byPort: true,
    module: /com_mesosphere_(?:dcos_)?MetricsIsolatorModule/,
  },
  {
    units: ['dcos-log-agent.service'],
    who: 'the logs of tasks',
    asks: 'the files of sandboxes, and the journal',
    byPort: true,
    module: /com_mesosphere_(?:mesos_|dcos_)?JournaldLogger/,
  },
  {
    units: ['dcos-3dt.service', 'dcos-diagnostics.service'],
    who: 'the health and the diagnostics of the node',
    asks: 'the state of the unit by its name, and the endpoints that go into a bundle',
    byPort: true,
  },
  {
    units: ['dcos-adminrouter-agent.service'],
    who: 'the admin router',
    asks: 'whatever people and programs ask of the agent through it',
    byPort: true,
  },
  {
    units: ['dcos-net.service', 'dcos-navstar.service', 'dcos-minuteman.service'],
    who: 'the load balancing and the network of the node',
    asks: '/state, for the tasks that run here and their ports',
    byPort: true,
  },
  {
    units: ['dcos-spartan.service', 'dcos-mesos-dns.service'],
    who: 'the names of tasks',
    asks: 'the state of the leading master, where the agent stands once it is registered',
    byPort: false,
  },
  {
    units: ['dcos-history.service', 'dcos-history-service.service'],
    who: 'the history of the cluster',
    asks: 'the state of the leading master, where an agent under a new id begins anew',
    byPort: false,
  },
];
