/** What a directive of a unit that names other units does with them. */
export type Relation =
  /** A start of this unit, or what comes of it, starts them. */
  | 'pulls-in'
  /** It starts neither: order, conflict, propagation; or it says what `systemctl enable` links. */
  | 'relates-to';

/** Undefined for a directive that names no units. Source: systemd.unit(5), [UNIT] and [INSTALL] SECTION OPTIONS; systemd.service(5), Sockets=; systemd.resource-control(5), Slice=. */
export function relationOf(section: string, directive: string): Relation | undefined {
  return RELATIONS.get(`${section}.${directive}`);
}

const NAMES: Readonly<Record<Relation, string>> = {
  'pulls-in': `Unit.Requires Unit.Wants Unit.BindsTo Unit.BindTo Unit.Upholds Unit.OnFailure Unit.OnSuccess Service.Sockets
    Service.Slice`,
  'relates-to': `Unit.After Unit.Before Unit.Conflicts Unit.Requisite Unit.PartOf Unit.JoinsNamespaceOf
    Unit.PropagatesReloadTo Unit.ReloadPropagatedFrom Unit.PropagateReloadTo Unit.PropagateReloadFrom Unit.PropagatesStopTo
    Unit.StopPropagatedFrom Install.WantedBy Install.RequiredBy Install.UpheldBy Install.Also`,
};

const RELATIONS: ReadonlyMap<string, Relation> = new Map(
  (['pulls-in', 'relates-to'] as const).flatMap((relation) =>
    NAMES[relation].split(/\s+/).map((name) => [name, relation] as const),
  ),
);

/** `WantedBy` of [Install] → `Wants`, which the link in `.wants` makes of it. */
export function madeByEnabling(directive: string): 'Wants' | 'Requires' | 'Upholds' | undefined {
  if (directive === 'WantedBy') return 'Wants';
  if (directive === 'RequiredBy') return 'Requires';
  return directive === 'UpheldBy' ? 'Upholds' : undefined;
}
