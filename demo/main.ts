import { canBoot } from '../test/hosts/can-boot.ts';
import { Narrator } from './narrator.ts';
import { tellByHand } from './by-hand.ts';
import { tellOnRoot } from './on-a-root-directory.ts';
import { tellSwap, tellTrace } from './with-cutover.ts';

const narrator = new Narrator();
narrator.say(
  'June 2016. A DC/OS 1.7 node runs its own build of the Mesos agent, 0.28.1, behind dcos-mesos-slave.service. ' +
    'An operator wants GPUs, which upstream Mesos 1.0 offers, and has built it under /root/repo/mesos/build. ' +
    "The Mesos programs here are small stand-ins that keep Mesos's observable behaviour.",
);

// Machines are removed when the process exits.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const possible = canBoot();
if (possible.ok) {
  narrator.say('What follows happens on real systemd machines that boot here.');
  await tellTrace(narrator);
  await tellByHand(narrator);
  await tellSwap(narrator);
} else {
  narrator.say(
    `No machine can boot here: ${possible.reason}. So the part that changes a machine is left out; trace, inspect, check and plan follow, on the same node as a root directory.`,
  );
  await tellOnRoot(narrator);
}
narrator.end();
