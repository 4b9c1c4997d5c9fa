import type {
  LibraryReport,
  LibraryReportFile,
  LibraryReportSymbols,
} from '../../documents/library-report.ts';
import { shortName } from '../../formats/cxx-name/short-name.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

const MOST_SYMBOLS = 10;

/** The libraries of each file with the rule each was found by; what is missing with every path that was tried. */
export function libraryReportText(screen: Screen, report: LibraryReport): string {
  const { files, damaged, notElf = [], notExamined } = report;
  const count = files.length + damaged.length;
  const lacking = files.filter(isLacking).length + damaged.length;
  const lines = [
    ...files.flatMap((file) => [...fileLines(screen, file), '']),
    ...damaged.flatMap(({ path, reason, offset }) =>
      paragraph(
        screen,
        paint(screen, 'red', `${safe(path)} is damaged: ${safe(reason)} (at byte ${offset})`),
        0,
      ),
    ),
    ...notElf.flatMap((path) =>
      paragraph(screen, paint(screen, 'red', `${safe(path)} is neither an ELF program nor a library`), 0),
    ),
    `${count} ${count === 1 ? 'file' : 'files'}, ${lacking} of them with something missing or damaged`,
    ...notExamined.flatMap((what) => paragraph(screen, `not examined: ${safe(what)}`, 0)),
  ];
  return `${lines.join('\n')}\n`;
}

/** A file that would not start or not work as it is. */
export function isLacking({ missing, symbols }: LibraryReportFile): boolean {
  const isIncomplete =
    symbols !== undefined && (symbols.missing.length > 0 || symbols.missingVersions.length > 0);
  return missing.some(({ required }) => required) || isIncomplete;
}

function fileLines(screen: Screen, file: LibraryReportFile): string[] {
  const { name, version } = file.package ?? {};
  const facts = [
    `${file.kind}, ${file.machine}, ${file.bits}-bit`,
    ...(file.byteOrder === 'big' ? ['big-endian'] : []),
    ...(name === undefined ? [] : [`built for ${safe(name)} ${safe(version ?? '')}`.trimEnd()]),
    ...(file.libraries.length === 0 && file.missing.length === 0 ? ['no libraries'] : []),
  ];
  const found = file.libraries.map(
    (library) => [safe(library.path), paint(screen, 'dim', `by ${safe(library.foundBy)}`)] as const,
  );
  return [
    ...paragraph(screen, `${paint(screen, 'bold', safe(file.path))} (${facts.join(', ')})`, 0),
    ...rows(screen, found, 2),
    ...file.missing.flatMap((library) => missingLines(screen, library)),
    ...file.opensAtRunTime.flatMap(({ sonames, feature, priority, found: path }) => {
      const what = feature === undefined ? priority : `${priority}, for ${safe(feature)}`;
      const where = path === null ? 'not found' : safe(path);
      return paragraph(screen, `opens ${safe(sonames.join(' or '))} while it runs (${what}): ${where}`, 2);
    }),
    ...(file.symbols === undefined ? [] : symbolLines(screen, file.symbols)),
  ];
}

function missingLines(screen: Screen, library: LibraryReportFile['missing'][number]): string[] {
  const { name, neededBy, required, tried } = library;
  const what = required ? `needed by ${safe(neededBy)}` : 'to be preloaded';
  const cells = tried.map(
    ({ path, by, reason }) =>
      [
        `tried ${safe(path)}`,
        paint(screen, 'dim', `by ${safe(by)}${reason === undefined ? '' : `: ${safe(reason)}`}`),
      ] as const,
  );
  return [
    ...paragraph(screen, paint(screen, 'red', `${safe(name)} is not found, ${what}`), 2),
    ...rows(screen, cells, 4, 70),
  ];
}

function symbolLines(screen: Screen, symbols: LibraryReportSymbols): string[] {
  const counts = symbols.providers.map(
    ({ path, symbols: count }) =>
      [safe(path), `gives ${count} ${count === 1 ? 'symbol' : 'symbols'}`] as const,
  );
  const missing = symbols.missing.slice(0, MOST_SYMBOLS).map(({ name, version, neededBy }) => {
    const wanted = version === undefined ? '' : `, version ${safe(version)}`;
    return `undefined symbol ${safe(shortName(name))}${wanted}, needed by ${safe(neededBy)}`;
  });
  const versions = symbols.missingVersions.map(
    ({ version, library, neededBy }) =>
      `${safe(library)} has no version ${safe(version)}, needed by ${safe(neededBy)}`,
  );
  const elsewhere = symbols.elsewhere
    .slice(0, MOST_SYMBOLS)
    .map(
      ({ name, from, expected, neededBy }) =>
        `${safe(shortName(name))} of ${safe(neededBy)} comes from ${safe(from)}, not from ${safe(expected)}`,
    );
  const more = (count: number, what: string) =>
    count > MOST_SYMBOLS ? [`and ${count - MOST_SYMBOLS} more ${what}`] : [];
  return [
    ...rows(screen, counts, 2),
    ...[...missing, ...more(symbols.missing.length, 'undefined symbols'), ...versions].flatMap((line) =>
      paragraph(screen, paint(screen, 'red', line), 2),
    ),
    ...[...elsewhere, ...more(symbols.elsewhere.length, 'from elsewhere')].flatMap((line) =>
      paragraph(screen, line, 2),
    ),
    ...symbols.unreadable.flatMap(({ path, reason }) =>
      paragraph(screen, `symbols of ${safe(path)} could not be read: ${safe(reason)}`, 2),
    ),
  ];
}
