/** systemd's `Package Metadata for Executable Files` (systemd.io/PACKAGE_METADATA_FOR_EXECUTABLE_FILES). */
export interface PackageNote {
  /** `deb`, `rpm`, … */
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly architecture: string | undefined;
}

/** One feature of `ELF_DLOPEN_METADATA` (systemd.io/ELF_DLOPEN_METADATA): any of the libraries will do. */
export interface DlopenNote {
  readonly sonames: readonly string[];
  readonly feature: string | undefined;
  readonly description: string | undefined;
  /** Without one it is `recommended`. */
  readonly priority: 'required' | 'recommended' | 'suggested';
}

const MOST_ENTRIES = 1000;

/** Undefined for a text that is no JSON object. */
export function parsePackageNote(text: string): PackageNote | undefined {
  const note = parsed(text);
  if (!isRecord(note)) return undefined;
  return {
    type: textIn(note, 'type'),
    name: textIn(note, 'name'),
    version: textIn(note, 'version'),
    architecture: textIn(note, 'architecture'),
  };
}

/** What is no entry of the standard's shape is left out. */
export function parseDlopenNote(text: string): readonly DlopenNote[] {
  const entries = parsed(text);
  if (!Array.isArray(entries)) return [];
  return entries.slice(0, MOST_ENTRIES).flatMap((entry: unknown): DlopenNote[] => {
    if (!isRecord(entry) || !Array.isArray(entry['soname'])) return [];
    const sonames = entry['soname'].filter((name: unknown) => typeof name === 'string');
    const priority = textIn(entry, 'priority');
    return [
      {
        sonames,
        feature: textIn(entry, 'feature'),
        description: textIn(entry, 'description'),
        priority: priority === 'required' || priority === 'suggested' ? priority : 'recommended',
      },
    ];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(record: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' ? value : undefined;
}
