import type { YamlNode } from '../../../../formats/yaml/parse-yaml.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/** A file that a template of the generator says. */
export interface TemplateFile {
  /** In the package, or on the node for what no package holds. */
  readonly path: TracedText;
  readonly content: TracedText;
  readonly permissions: string | undefined;
}

/**
 * The files of a rendered template (gen/__init__.py at 1.7, do_gen_package): a list of {path, content,
 * permissions} under `package` or `root`, or a list of units {name, content} (dcos-services.yaml).
 */
export function packageFiles(document: YamlNode): TemplateFile[] {
  if (document.kind === 'list') return document.items.flatMap((item) => unitFile(item));
  if (document.kind !== 'map') return [];
  return ['package', 'root'].flatMap((key) => {
    const list = document.entries.get(key);
    return list?.kind === 'list' ? list.items.flatMap((item) => packageFile(item)) : [];
  });
}

function packageFile(item: YamlNode): TemplateFile[] {
  const path = scalarOf(item, 'path');
  if (path === undefined) return [];
  const content = scalarOf(item, 'content') ?? TracedText.empty;
  return [{ path, content, permissions: scalarOf(item, 'permissions')?.toString() }];
}

function unitFile(item: YamlNode): TemplateFile[] {
  const name = scalarOf(item, 'name');
  const content = scalarOf(item, 'content');
  if (name === undefined || content === undefined) return [];
  const directory = TracedText.from('/etc/systemd/system/', {
    kind: 'derived',
    rule: 'a unit of dcos-services.yaml is put there by the installer',
  });
  return [{ path: TracedText.concat([directory, name]), content, permissions: undefined }];
}

function scalarOf(item: YamlNode, key: string): TracedText | undefined {
  const value = item.kind === 'map' ? item.entries.get(key) : undefined;
  return value?.kind === 'scalar' ? value.text : undefined;
}
