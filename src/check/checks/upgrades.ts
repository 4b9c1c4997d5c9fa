import { LOST, REPLACED } from '../../graph/parts/other-users.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';

export const upgradesCheck: GenericCheck = {
  id: 'upgrades',
  title: 'What the change writes stays when packages are upgraded',
  explains:
    'A file that belongs to a package gets the version of the package back with the next upgrade (dpkg keeps conffiles alone; ' +
    'an activation of pkgpanda builds bin, etc, lib and the units of DC/OS anew), and the service goes back to it at the ' +
    'next start, when nobody thinks of this change any more. The check looks at every file that the plan replaces or writes ' +
    'and is silent about those that no package owns, about conffiles, and about the drop-in.',
  run(_today, tomorrow) {
    const replaced = [...tomorrow.nodes.values()].filter(({ attributes }) => REPLACED in attributes);
    const findings = replaced.flatMap(({ path, name, attributes }): GenericFinding[] => {
      const lost = attributes[LOST];
      if (lost === undefined) return [];
      return [
        {
          severity: 'warning',
          subject: path ?? name,
          reason: `It does not stay: ${lost}. After that the service has what was there before, or what the new package brings.`,
          evidence: [{ how: `who owns ${path ?? name}` }],
          remedy:
            'Put it where no package writes: a file of your own that a setting names, or "for: service" in the spec, which binds it over the path for this service alone.',
        },
      ];
    });
    return { examined: replaced.length, findings };
  },
};
