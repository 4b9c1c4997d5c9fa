import { z } from 'zod';
import { apiVersionSchema, evidenceSchema } from './place.ts';

export const nodeKindSchema = z.enum([
  'service',
  'unit',
  'unit-file',
  'environment-file',
  'setting',
  'script',
  'program',
  'library',
  'stale-file',
  'module-library',
  'module',
  'file',
  'directory',
  'package',
  'host',
  'port',
  'user',
  'group',
  'process', // processes that run the same program with the same rights
  'capabilities', // a set of them: the bounding set, the ambient set
]);

const nodeSchema = z.strictObject({
  /** Unique in the document; `kind:name`. */
  id: z.string(),
  kind: nodeKindSchema,
  name: z.string(),
  path: z.string().optional(),
  /** null: not looked at, or not to be told. */
  exists: z.boolean().nullable(),
  attributes: z.record(z.string(), z.string()),
});

export const edgeKindSchema = z.enum([
  'configured-by', // service → unit file, drop-in, environment file, configuration file
  'sets', // environment file → setting
  'starts', // service → script or program; script → script or program
  'sources', // script → script
  'needs', // program or library → library
  'loads', // program → module library, through configuration
  'provides', // module library → module
  'names', // setting or file → file, directory, host, port, module
  'keeps-state-in', // service → directory
  'belongs-to', // file → package
  'runs-as', // service → user, group, capabilities
  'runs', // service → process, at this moment
  'listens-on', // service → port or socket, at this moment
  'connects-to', // service → host, at this moment
  'pulls-in', // service → unit that a start of it, or what comes of it, starts
  'relates-to', // service → unit by a directive that starts neither: After=, Conflicts=, PartOf=, WantedBy= …
  'still-maps', // service → program or library that its processes use though its name leads elsewhere by now
  'refers-to', // anything elsewhere → this service or its files
]);

const edgeSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  kind: edgeKindSchema,
  /** What the edge is called where it is written: `ExecStartPre`. */
  label: z.string().optional(),
  evidence: evidenceSchema,
});

/** What a service depends on, and what depends on it. */
export const inspectionSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Inspection'),
  service: z.string(),
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  notExamined: z.array(z.string()),
});

export type Inspection = z.infer<typeof inspectionSchema>;
export type GraphNode = Readonly<z.infer<typeof nodeSchema>>;
export type GraphEdge = Readonly<z.infer<typeof edgeSchema>>;
export type NodeKind = z.infer<typeof nodeKindSchema>;
export type EdgeKind = z.infer<typeof edgeKindSchema>;
