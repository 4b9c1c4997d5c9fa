import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildOwnGraph } from '../../../src/graph/build-graph.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { KnownHost } from '../../../src/graph/known-host.ts';
import { Subject } from '../../../src/graph/subject.ts';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { LOADER, type LoaderSays, traceAll } from '../elf/trace-loader.ts';

const FOLDER = '/usr/lib/systemd/system';
const FEWEST = 20;
const units = existsSync(FOLDER) && existsSync(LOADER) ? readdirSync(FOLDER).filter(isOwnService) : [];
const commands = units.flatMap((unit) => programsOf(unit).map((program) => ({ unit, program })));

/** An Exec line with a path is read here by a rule of its own, and its libraries are asked of the loader itself. */
describe.skipIf(commands.length < FEWEST)(
  `the programs of all Exec lines of ${units.length} services`,
  () => {
    test('each is in the graph of its service, with the libraries that the loader takes for it', async () => {
      const loader = await traceAll([...new Set(commands.map(({ program }) => program))]);
      const known = new KnownHost(liveHost(), { knowledge: [] });
      const differences = units.flatMap((unit) => {
        const graph = buildOwnGraph(new Subject(known.host, unit, known));
        return programsOf(unit).flatMap((program): object[] => {
          const expected = librariesOf(loader.get(program));
          const actual = neededBy(graph, program);
          return JSON.stringify(expected) === JSON.stringify(actual)
            ? []
            : [{ unit, program, expected, actual }];
        });
      });
      expect(differences).toEqual([]);
      console.log(
        `${commands.length} programs of ${units.length} services: the libraries that the loader takes`,
      );
    }, 120_000);
  },
);

function isOwnService(name: string): boolean {
  return /^[^@]*\.service$/.test(name) && realpathSync(`${FOLDER}/${name}`).startsWith(FOLDER);
}

/** The ELF programs of the `Exec` lines: those given by a path, without variables. */
function programsOf(unit: string): string[] {
  const lines = readFileSync(`${FOLDER}/${unit}`, 'utf8').matchAll(/^Exec\w+=[-@:+!]*(\/\S+)/gm);
  const paths = [...lines].map(([, path = '']) => path).filter((path) => existsSync(path));
  return [...new Set(paths)].filter(
    (path) => readFileSync(path).subarray(0, 4).toString('latin1') === '\x7fELF',
  );
}

function librariesOf(says: LoaderSays | undefined): string[] {
  return [...new Set((says?.libraries ?? []).map(([, path]) => path))].sort();
}

function neededBy(graph: Graph, program: string): string[] {
  const found = new Set([`program:${program}`]);
  for (const id of found) for (const { kind, to } of graph.edgesFrom(id)) if (kind === 'needs') found.add(to);
  return [...found]
    .slice(1)
    .map((id) => id.replace(/^library:/, ''))
    .sort();
}
