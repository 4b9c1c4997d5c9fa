import { CouldNotRun } from '../documents/could-not-run.ts';

/** A spec asks for nothing that is not there already. */
export class NothingToChange extends CouldNotRun {
  /** By the name under which systemd has it. */
  readonly service: string;

  constructor(service: string, more: { but?: string; why?: string; next?: string } = {}) {
    const { but, ...rest } = more;
    const what = `there is nothing to change: ${service} is as the spec wants it`;
    super(but === undefined ? what : `${what}, but ${but}`, rest);
    this.service = service;
  }
}
