import { posix } from 'node:path';
import type { Place } from '../../../text/place.ts';
import { type DcosCheck, type DcosFinding, isOtherProgram, type NodeDay } from './dcos-check.ts';

const PACKAGES = '/opt/mesosphere/packages/';
const WANTED = '/opt/mesosphere/dcos.target.wants';
const SIZE_LIMIT = 256 * 1024;

export const dcosHelpersCheck: DcosCheck = {
  id: 'dcos-helpers',
  title: 'The helper programs that the unit takes from its package are there',
  explains:
    'A unit of DC/OS runs helpers of its own package in its other lines (make_disk_resources.py, upgrade_cni.py), and ' +
    'other units take files from that package, too. A replacement that a drop-in starts leaves them as they are: those of ' +
    'the package, made for its program, which is a note. One that is there today and gone tomorrow ends the start: a ' +
    'blocker. The check is silent when the program stays the same and nothing is gone.',
  run(today, tomorrow) {
    const helpers = helpersOf(tomorrow);
    const gone = helpers.flatMap(({ path, directive, place }): DcosFinding[] => {
      if (tomorrow.start.host.stat(path) !== undefined) return [];
      const isLoss = today.start.host.stat(path) !== undefined;
      return [
        {
          severity: isLoss ? 'blocker' : 'note',
          subject: path,
          reason: `${directive}= runs it, and it is ${isLoss ? 'not there tomorrow' : 'not there, today neither'}: the start ends with 203/EXEC.`,
          evidence: [place],
          remedy: `Leave ${path} where it is, or put an empty ${directive}= into a drop-in.`,
        },
      ];
    });
    const first = helpers[0];
    if (first === undefined || !isOtherProgram(today, tomorrow))
      return { examined: helpers.length, findings: gone };
    return { examined: helpers.length, findings: [...gone, thoseOfThePackage(today, helpers, first.place)] };
  },
};

function thoseOfThePackage(today: NodeDay, helpers: readonly Helper[], place: Place): DcosFinding {
  const names = [...new Set(helpers.map(({ path }) => posix.basename(path)))];
  const others = otherUnits(today);
  const also =
    others.length === 0
      ? ''
      : ` ${others.join(', ')} ${others.length === 1 ? 'uses' : 'use'} the package, too.`;
  return {
    severity: 'note',
    subject: today.dcos.package,
    reason: `${names.join(', ')} ${names.length === 1 ? 'stays' : 'stay'} what this package has, made for the program that it brings.${also}`,
    evidence: [place],
    remedy: 'Keep the package, and look at what its helpers write for the program.',
  };
}

interface Helper {
  readonly path: string;
  readonly directive: string;
  readonly place: Place;
}

/** Programs of the service's own package in the lines beside ExecStart= that must succeed. */
function helpersOf({ start: { service, host }, dcos }: NodeDay): Helper[] {
  const home = `${PACKAGES}${dcos.package}/`;
  return service.commands.flatMap(({ directive, words, place, prefixes }): Helper[] => {
    const path = words[0]?.toString() ?? '';
    const isHelper = directive.startsWith('ExecStartP') && !prefixes.includes('-');
    return isHelper && (host.realPath(path) ?? path).startsWith(home) ? [{ path, directive, place }] : [];
  });
}

/** Other units of DC/OS with a path of the package in them. */
function otherUnits({ start: { service, host }, dcos }: NodeDay): string[] {
  const home = `${PACKAGES}${dcos.package}/`;
  return (host.list(WANTED) ?? []).filter((name) => {
    const path = `${WANTED}/${name}`;
    const facts = service.unit.names.includes(name) ? undefined : host.stat(path);
    if (facts?.type !== 'file' || facts.size > SIZE_LIMIT) return false;
    return new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)).includes(home);
  });
}
