import type { AddedArgument } from './large-calc.ts';
import type { Seeded } from './seeded.ts';

const [SWITCHES, REPLACEMENTS, LONG_FILES, LINES_OF_LONG_FILE] = [28, 198, 9, 265];

/**
 * Grows a dcos-config.yaml to the size of DC/OS 2.2.1's: 3,181 lines, 42 switches, 88 cases, 245 replacements,
 * 119 files: an environment file for each service, and long configurations that nothing is replaced in.
 */
export function largeTemplate(
  template: string,
  services: readonly string[],
  added: readonly AddedArgument[],
  seeded: Seeded,
): string {
  const flags = added.filter(({ flag }) => flag).map(({ name }) => name);
  const share = (REPLACEMENTS - SWITCHES) / services.length;
  const files = services.map((service, index) => {
    const [from, to] = [Math.round(index * share), Math.round((index + 1) * share)];
    const own = Array.from({ length: to - from }, (_, at) => added[(from + at) % added.length]?.name ?? '');
    const choice = index < SWITCHES ? flags[index % flags.length] : undefined;
    return environmentFile(service, own, choice, index % 9 === 0);
  });
  for (let index = 0; index < LONG_FILES; index += 1) files.splice(index * 7, 0, longFile(index, seeded));
  return template + files.join('');
}

function environmentFile(
  service: string,
  names: readonly string[],
  choice: string | undefined,
  wholeFile: boolean,
): string {
  const lines = [
    `      LARGE_SERVICE=${service}`,
    ...names.map((name) => `      ${name.toUpperCase()}={{ ${name} }}`),
  ];
  const item = `  - path: /etc/${service}.env\n    content: |\n${lines.join('\n')}\n`;
  if (choice === undefined) return item;
  if (wholeFile) {
    const also = `  - path: /etc/${service}.also.json\n    content: |\n      {"service": "${service}", "also": true}\n`;
    return `${item}{% switch ${choice} %}\n{% case "true" %}\n${also}{% case "false" %}\n{% endswitch %}\n`;
  }
  return `${item}{% switch ${choice} %}
{% case "true" %}
      LARGE_CHOICE={{ ${choice} }}
{% case "false" %}
      LARGE_CHOICE=none
{% endswitch %}
`;
}

function longFile(index: number, seeded: Seeded): string {
  const lines = Array.from({ length: LINES_OF_LONG_FILE }, (_, line) =>
    line % 12 === 0
      ? `      [[${seeded.name(1)}.${seeded.name(2)}]]`
      : `        ${seeded.name(1)} = "${seeded.name(1)}"`,
  );
  return `  - path: /etc/large/${index}.conf\n    content: |\n${lines.join('\n')}\n`;
}
