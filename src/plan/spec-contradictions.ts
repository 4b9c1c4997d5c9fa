import type { SpecProblem } from './spec-problems.ts';
import { belowPlannedFile } from './below-planned-file.ts';
import { reservedPath, reservedState } from './reserved-path.ts';
import { probeProblem } from './plan-probe.ts';
import type { Spec } from './spec.ts';

/** What each key allows by itself but not together. */
export function contradictions(spec: Spec): SpecProblem[] {
  const { settings, files, libraries, state, gate, replacement } = spec;
  const problems: SpecProblem[] = [];
  for (const name of Object.keys(settings.set)) {
    for (const other of ['append', 'remove'] as const) {
      if (name in settings[other])
        problems.push({
          path: ['settings', other],
          key: name,
          message: `${name} is under set: as well, which gives it its whole value`,
        });
    }
  }
  for (const [index, name] of settings.unset.entries()) {
    if (name in settings.set || name in settings.append || name in settings.remove)
      problems.push({ path: ['settings', 'unset', index], message: `${name} is given a value as well` });
  }
  for (const [index, file] of files.entries()) {
    if (files.slice(0, index).some((earlier) => earlier.path === file.path))
      problems.push({ path: ['files', index, 'path'], message: `${file.path} is written twice` });
    if (state.remove.includes(file.path))
      problems.push({
        path: ['files', index, 'path'],
        message: `${file.path} is under state: remove: as well`,
      });
  }
  for (const [index, library] of libraries.entries()) {
    const at = ['libraries', index, 'path'];
    if (libraries.slice(0, index).some((earlier) => earlier.path === library.path))
      problems.push({ path: at, message: `${library.path} is there twice` });
    if (files.some((file) => file.path === library.path))
      problems.push({ path: at, message: `${library.path} is under files: as well` });
    if (!library.from.startsWith('/') && replacement === undefined)
      problems.push({
        path: ['libraries', index, 'from'],
        message: 'without a replacement from: must be an absolute path',
      });
  }
  for (const key of ['files', 'libraries'] as const) {
    for (const [index, { path }] of spec[key].entries()) {
      const reserved = reservedPath(path);
      if (reserved !== undefined)
        problems.push({ path: [key, index, 'path'], message: `${path} ${reserved}` });
    }
  }
  for (const key of ['snapshot', 'remove'] as const) {
    for (const [index, path] of spec.state[key].entries()) {
      const reserved = key === 'snapshot' ? reservedState(path) : reservedPath(path);
      if (reserved !== undefined)
        problems.push({ path: ['state', key, index], message: `${path} ${reserved}` });
    }
  }
  problems.push(...belowPlannedFile(spec));
  for (const [index, probe] of gate.probes.entries()) {
    const problem = probeProblem(probe);
    if (problem !== undefined) problems.push({ path: ['gate', 'probes', index], ...problem });
  }
  if (gate.stable >= gate.timeout)
    problems.push({
      path: ['gate'],
      message: 'the gate can never be green: stable must be shorter than timeout',
    });
  if (replacement?.directory !== undefined && replacement.archive !== undefined)
    problems.push({
      path: ['replacement'],
      key: 'archive',
      message: 'a replacement is a directory or an archive, not both',
    });
  if (replacement !== undefined && replacement.directory === undefined && replacement.archive === undefined)
    problems.push({
      path: ['replacement'],
      message: 'replacement must have directory: or archive:',
      missing: true,
    });
  const nothing =
    replacement === undefined &&
    files.length === 0 &&
    libraries.length === 0 &&
    state.remove.length === 0 &&
    Object.values(settings).every((part) => Object.keys(part).length === 0);
  if (nothing && state.snapshot.length > 0)
    problems.push({
      path: ['state'],
      key: 'snapshot',
      message:
        'state: snapshot: alone changes nothing: the spec has no replacement, libraries, settings, files or state: remove:',
    });
  else if (nothing)
    problems.push({
      path: [],
      message: 'the spec changes nothing: it has no replacement, libraries, settings, files or state',
    });
  return problems;
}
