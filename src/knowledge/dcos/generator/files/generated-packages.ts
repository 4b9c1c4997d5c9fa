import type { TracedText } from '../../../../text/traced-text.ts';
import { holdsPlaceholder } from '../arguments/late.ts';
import type { TemplateFile } from './package-files.ts';
import type { RenderedFiles } from './rendered-files.ts';

const DEFAULT_MODE = 0o644;

/** A file of a package that the generator makes. */
export interface GeneratedPackageFile {
  /** `dcos-config--setup_<config id>`. */
  readonly packageId: string;
  readonly path: TracedText;
  readonly content: TracedText;
  /** Permissions. */
  readonly mode: number;
}

export type GeneratedPackages =
  | { readonly kind: 'packages'; readonly files: readonly GeneratedPackageFile[] }
  | { readonly kind: 'fault'; readonly reason: string };

/** What of a generator its packages are made from. */
export interface Packing {
  readonly templates: readonly string[];
  renderedFiles(template: string): RenderedFiles;
  configId(): TracedText | undefined;
  provider(): TracedText | undefined;
}

/**
 * Packs the rendered files (gen/__init__.py, generate and do_gen_package). What holds something that is told only
 * when the cluster is launched goes into a package of its own, which the node completes. Of two files with the same
 * path in a package the last counts.
 */
export function generatedPackages(generator: Packing): GeneratedPackages {
  const configId = generator.configId()?.toString();
  if (configId === undefined) return { kind: 'fault', reason: 'the id of the config is not known' };
  const files: GeneratedPackageFile[] = [];
  for (const template of generator.templates) {
    const name = packageName(template);
    if (name === undefined) continue;
    const rendered = generator.renderedFiles(template);
    if (rendered.kind === 'fault') return rendered;
    const isLate = ({ content }: TemplateFile) =>
      name === 'dcos-config' && holdsPlaceholder(content.toString());
    const late = rendered.files.filter(isLate);
    const others = rendered.files.filter((file) => !isLate(file));
    files.push(...packed(`${name}--setup_${configId}`, others));
    if (late.length === 0) continue;
    const provider = generator.provider()?.toString() ?? '';
    files.push(...packed(`dcos-provider-${configId}-${provider}--setup`, late));
  }
  return { kind: 'packages', files };
}

/** The package that a template makes; the installer needs the other templates before there are packages. */
function packageName(template: string): string | undefined {
  const name = template.slice(template.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
  return /^(?:cloud-config|dcos-services)(?:-|$)/.test(name) ? undefined : name;
}

function packed(packageId: string, files: readonly TemplateFile[]): GeneratedPackageFile[] {
  const byPath = new Map(
    files.map(({ path, content, permissions }) => {
      const mode = permissions === undefined ? DEFAULT_MODE : Number.parseInt(permissions, 8);
      return [path.toString(), { packageId, path, content, mode }] as const;
    }),
  );
  return [...byPath.values()];
}
