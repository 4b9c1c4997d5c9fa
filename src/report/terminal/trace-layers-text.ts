import type { Trace, TraceLayer } from '../../documents/trace.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

/** The layers of a setting, the one that wins marked. Where one file brings them all, its lines alone are named. */
export function layerSection(screen: Screen, trace: Trace): string[] {
  const readers = [
    ...new Set(trace.layers.flatMap((layer) => (layer.via === undefined ? [] : [layer.via.file]))),
  ];
  const reader = readers.length === 1 ? readers[0] : undefined;
  const best = trace.overrides[0]?.file;
  const winning = screen.ascii === true ? '>' : '▸';
  const { shown, leftOut } = fewEnough(trace.layers, best);
  const cells = shown.map((layer): [string, string] => {
    const left = `${layer.wins ? winning : ' '} ${viaText(layer, reader)}${safe(layerPlace(layer, reader))}`;
    const right = layerText(layer, trace, layer.file === best);
    return [layer.wins ? paint(screen, 'green', left) : left, right];
  });
  const heading =
    reader === undefined
      ? 'layers, lowest first'
      : `layers, lowest first, by the line of ${safe(reader)} that brings each`;
  const more = leftOut === 0 ? [] : [`    and ${leftOut} more between them (--json has all)`];
  return [...paragraph(screen, heading, 2), ...rows(screen, cells, 2, 52), ...more, ''];
}

/** More layers than a person reads. */
const MOST_LAYERS = 24;

/** Of very many layers the first and the last, those that win, and the best place for an override. */
function fewEnough(
  layers: readonly TraceLayer[],
  best: string | undefined,
): { shown: readonly TraceLayer[]; leftOut: number } {
  if (layers.length <= MOST_LAYERS) return { shown: layers, leftOut: 0 };
  const ends = MOST_LAYERS / 2 - 2;
  const shown = layers.filter(
    ({ wins, file }, index) => wins || file === best || index < ends || index >= layers.length - ends,
  );
  return {
    shown: shown.slice(0, MOST_LAYERS * 2),
    leftOut: layers.length - Math.min(shown.length, MOST_LAYERS * 2),
  };
}

function viaText({ via }: TraceLayer, reader: string | undefined): string {
  if (via === undefined) return '';
  return reader === undefined ? `${safe(via.file)}:${via.line} ` : `:${via.line} `;
}

/** A layer in the unit file that the heading names needs its line alone. */
function layerPlace(layer: TraceLayer, reader: string | undefined): string {
  if (layer.line === undefined) return layer.file;
  return layer.file === reader ? `:${layer.line}` : `${layer.file}:${layer.line}`;
}

function layerText(layer: TraceLayer, trace: Trace, best: boolean): string {
  const here = best && layer.operation !== 'set' ? '; your override wins here' : '';
  switch (layer.operation) {
    case 'set':
      return `${layer.wins ? 'sets it, wins' : `sets it${given(layer)}, is overridden`}${layer.why === undefined ? '' : `; ${safe(layer.why)}`}`;
    case 'append':
      return layer.wins ? `adds${added(layer)}` : `adds${added(layer)}, is reset later`;
    case 'reset':
      if (layer.why !== undefined) return safe(layer.why);
      return trace.settingKind === 'directive'
        ? 'is empty: drops what stands before it'
        : 'reset by a later empty line';
    case 'default':
      if (layer.why !== undefined) return safe(layer.why);
      if (layer.line !== undefined) {
        return `sets it for every service${layer.wins ? ', wins' : `${given(layer)}, is overridden`}`;
      }
      return layer.wins ? "systemd's own" : `systemd's own${added(layer)}, is overridden`;
    case 'derived':
      return "passes the manager's own value, which no file tells";
    case 'none':
      if (layer.why !== undefined) return safe(layer.why);
      return `does not set it${here}`;
    case 'absent':
      if (!layer.optional) return safe(layer.why ?? 'absent, and must exist');
      return `${safe(layer.why ?? 'absent')}, optional${here}`;
  }
}

function added(layer: TraceLayer): string {
  return layer.value === null || layer.value === undefined ? '' : ` ${safe(layer.value)}`;
}

function given(layer: TraceLayer): string {
  return layer.value === null || layer.value === undefined ? '' : ` to ${safe(layer.value)}`;
}
