/** Following this start-up code takes longer than it is given. */
export class ExhaustedError extends Error {}

/** How much work may still be done for one library, in units of about a tenth of a microsecond. */
export class Budget {
  #left: number;

  constructor(units: number) {
    this.#left = units;
  }

  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new ExhaustedError('its start-up code takes too long to follow');
  }
}
