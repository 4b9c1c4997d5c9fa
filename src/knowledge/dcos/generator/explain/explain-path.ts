import type { Template, TemplateFault } from '../../../../formats/dcos-template/template.ts';
import { type Host, HostError } from '../../../../host/host.ts';
import { type Place, showPlace } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Argument } from '../arguments/argument.ts';
import { explainFile, type ToExplain } from './explain-file.ts';
import type { GeneratedFile } from './generated-file.ts';
import { type Located, locateGenerated } from './locate-generated.ts';
import { templatePart } from './template-part.ts';

const LARGEST_FILE = 4 * 1024 * 1024;

/** What of a generator an explanation needs. */
export interface Explaining {
  template(name: string): Template | TemplateFault | undefined;
  argument(name: string): Argument;
  readonly budget?: ToExplain['budget'];
}

/** An explanation and what it was made from. */
export interface Explained {
  readonly file: GeneratedFile;
  readonly subject: ToExplain | undefined;
}

/** How a file of the node was made by this generator; undefined for a file that it doesn't make. */
export function explainPath(host: Host, path: string, generator: Explaining): Explained | undefined {
  let notTaken: GeneratedFile | undefined;
  for (const located of locateGenerated(host, path)) {
    const template = generator.template(located.template);
    if (template?.kind === 'fault' && located.package !== undefined) {
      return { file: brokenTemplate(path, located, template), subject: undefined };
    }
    if (template?.kind !== 'template') continue;
    const subject = subjectOf(host, path, located, template, generator);
    const file = explainFile(subject);
    if (file !== undefined) return { file, subject };
    notTaken ??= notSaid(subject);
  }
  return notTaken === undefined ? undefined : { file: notTaken, subject: undefined };
}

/** A file that is there, though the cases that say it were not taken. */
function notSaid(subject: ToExplain): GeneratedFile | undefined {
  const { path, located, template, found } = subject;
  const part = templatePart(template.chunks, located.path);
  if (found.kind !== 'text' || located.package === undefined || part === template.chunks) return undefined;
  const switches = part.flatMap((chunk) => (chunk.kind === 'switch' ? [chunk] : []));
  const [first] = switches;
  if (first === undefined) return undefined;
  const values = switches.map(({ name }) => {
    const known = subject.argument(name);
    return `${name} is ${known.kind === 'value' ? `"${known.text.toString()}"` : 'not known'}`;
  });
  const reason = `by its sources there is no such file: ${values.join(', ')}`;
  return unexplained(path, located, first.place, reason);
}

function subjectOf(
  host: Host,
  path: string,
  located: Located,
  template: Template,
  generator: Explaining,
): ToExplain {
  const found = readFound(host, located.file);
  return {
    path,
    located,
    template,
    found,
    argument: (name) => generator.argument(name),
    budget: generator.budget,
  };
}

function brokenTemplate(path: string, located: Located, fault: TemplateFault): GeneratedFile {
  const excerpt = fault.excerpt === '' ? '' : `\n${fault.excerpt}`;
  const reason = `${showPlace(fault.place)}: ${fault.message}${excerpt}`;
  return unexplained(path, located, fault.place, reason);
}

function unexplained(path: string, located: Located, template: Place, reason: string): GeneratedFile {
  return {
    path,
    content: TracedText.empty,
    ...(located.package === undefined ? {} : { package: located.package }),
    template,
    rerender: { kind: 'not-possible', reason },
    unknownArguments: [],
  };
}

function readFound(host: Host, file: string): ToExplain['found'] {
  try {
    const bytes = host.readFile(file, LARGEST_FILE);
    return { kind: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof HostError) return { kind: 'fault', reason: error.message };
    throw error;
  }
}
