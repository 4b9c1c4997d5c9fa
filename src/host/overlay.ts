/** Predicted changes of a host's files. Paths are absolute, as seen inside the root. */
export interface Overlay {
  /** What will stand at a path. */
  readonly entries: ReadonlyMap<string, OverlayEntry>;
  /** Trees that will stand at `at` with the content that `from` has now. */
  readonly trees: readonly OverlayTree[];
}

export type OverlayEntry =
  | {
      readonly type: 'file';
      readonly content: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly type: 'link'; readonly target: string }
  | { readonly type: 'absent' };

export interface OverlayTree {
  readonly at: string;
  /** A path of the host; archives of it, laid over one another and taken as a whole; or a path in another of the trees. */
  readonly from: string | { readonly archives: readonly string[] } | { readonly tomorrow: string };
  /** It will be a copy that belongs to root and that nobody may write (docs/format/store.md). */
  readonly isStored?: true;
}
