/** Directives that make dependencies: an empty assignment does not reset them. Source: systemd.unit(5), "Overriding vendor settings". */
export function isDependency(directive: string): boolean {
  return DEPENDENCIES.has(directive);
}

const DEPENDENCIES = new Set(
  [
    'After Before Wants Requires Requisite BindsTo PartOf Upholds Conflicts OnFailure OnSuccess Sockets',
    'PropagatesReloadTo ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom JoinsNamespaceOf RequiresMountsFor',
  ].flatMap((line) => line.split(' ')),
);
