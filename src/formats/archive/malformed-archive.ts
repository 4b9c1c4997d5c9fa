/** An archive that is damaged, of a kind that is not read, or refused for what is in it. The message says which. */
export class MalformedArchive extends Error {
  /** What to do about it, where there is more to say than to get it again. */
  readonly next: string | undefined;

  constructor(what: string, next?: string) {
    super(what);
    this.name = 'MalformedArchive';
    this.next = next;
  }
}
