import { TracedText } from '../../../../text/traced-text.ts';
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
  /** Whether its versions know values that are told when the cluster is launched (from 1.9 on). */
  readonly knowsLateValues: boolean;
  /** Whether there are such values in this config. */
  hasLateValue(): boolean;
}

/**
 * Packs the rendered files (gen/__init__.py, generate and do_gen_package). What holds something that is told only
 * when the cluster is launched goes into a package of its own, which the node completes, or where nothing is told then,
 * nowhere. Of two files with the same path in a package the last counts.
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
      generator.knowsLateValues && name === 'dcos-config' && holdsPlaceholder(content.toString());
    const late = rendered.files.filter(isLate);
    const others = rendered.files.filter((file) => !isLate(file));
    files.push(...packed(`${name}--setup_${configId}`, others));
    if (late.length === 0 || !generator.hasLateValue()) continue;
    const provider = generator.provider()?.toString() ?? '';
    files.push(...packed(`dcos-provider-${configId}-${provider}--setup`, [...late, EMPTY_PACKAGE_INFO]));
  }
  return { kind: 'packages', files };
}

const EMPTY_PACKAGE_INFO: TemplateFile = {
  path: added('/pkginfo.json'),
  content: added('{}'),
  permissions: undefined,
};

function added(text: string): TracedText {
  return TracedText.from(text, {
    kind: 'derived',
    rule: 'the generator adds it to a package of late values',
  });
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
