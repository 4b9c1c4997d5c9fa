import type { Host } from '../../../host/host.ts';
import { type DcosCheck, isOtherProgram, programOf } from './dcos-check.ts';

const FILE = '/opt/mesosphere/environment';
const SIZE_LIMIT = 1024 * 1024;

export const dcosEnvironmentCheck: DcosCheck = {
  id: 'dcos-environment',
  title: "Another program does not run on the environment of DC/OS's packages unawares",
  explains:
    '/opt/mesosphere/environment is read by every service of DC/OS: pkgpanda writes PATH and LD_LIBRARY_PATH on top, and ' +
    'below that the variables of each active package (JAVA_HOME, PYTHONPATH, MESOS_NATIVE_JAVA_LIBRARY), in another order ' +
    'at every activation. Another program, and what it starts, gets them too, with paths into packages that it was not ' +
    'made with. The check names each with the package that sets it, as a note. It is silent when the program stays the ' +
    'same, when the file is not read, and about what is unset or set otherwise.',
  run(today, tomorrow) {
    if (!isOtherProgram(today, tomorrow)) return { examined: 0, findings: [] };
    const { host, service } = tomorrow.start;
    const given = [...service.environment.effective].flatMap(([name, { layer, place }]) =>
      layer.kind === 'file' && layer.path === FILE && place !== undefined ? [{ name, place }] : [],
    );
    const first = given[0];
    if (first === undefined) return { examined: 0, findings: [] };
    const owners = ownersIn(host);
    const names = given.map(({ name, place }) => {
      const owner = owners.findLast(({ line }) => line < place.line)?.owner ?? 'pkgpanda itself';
      return `${name} (${owner})`;
    });
    return {
      examined: given.length,
      findings: [
        {
          severity: 'note',
          subject: FILE,
          reason: `${programOf(tomorrow) ?? 'The program'} gets the variables of DC/OS's packages: ${names.join(', ')}. They lead into packages that it was not made with, and may change at every activation.`,
          evidence: [first.place],
          remedy: 'Write what the program does not need under settings: unset: in the spec.',
        },
      ],
    };
  },
};

/** The comment lines that pkgpanda writes above the variables of each package. */
function ownersIn(host: Host): { readonly line: number; readonly owner: string }[] {
  const lines = new TextDecoder().decode(host.readFile(FILE, SIZE_LIMIT)).split('\n');
  return lines.flatMap((text, index) => {
    const owner = /^# package: (\S+)/.exec(text)?.[1];
    return owner === undefined ? [] : [{ line: index + 1, owner }];
  });
}
