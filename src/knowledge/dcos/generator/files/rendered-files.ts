import type { TemplateArguments } from '../../../../formats/dcos-template/render-template.ts';
import type { Template } from '../../../../formats/dcos-template/template.ts';
import { packageFiles, type TemplateFile } from './package-files.ts';
import { renderYaml } from './render-yaml.ts';

export type RenderedFiles =
  | { readonly kind: 'files'; readonly files: readonly TemplateFile[] }
  | { readonly kind: 'fault'; readonly reason: string };

/** The files that a template says when it is rendered with the given arguments. */
export function renderedFiles(template: Template, given: TemplateArguments): RenderedFiles {
  const rendered = renderYaml(template, given);
  return rendered.kind === 'fault' ? rendered : { kind: 'files', files: packageFiles(rendered.root) };
}
