/** The person was deleted, and with their key everything personal that was kept about them. */
export class PersonForgotten extends Error {
  override readonly name = 'PersonForgotten';
  constructor(readonly personKey: string) {
    super(`the person ${personKey} was forgotten`);
  }
}

/** A row that must be there is not: a programming error, or an id from somewhere else. */
export class NoSuchRow extends Error {
  override readonly name = 'NoSuchRow';
  constructor(
    readonly table: string,
    readonly id: string,
  ) {
    super(`${table} has no row ${id}`);
  }
}

/**
 * What is asked contradicts what is recorded about money: another amount or key under the same step, a charge that
 * failed after it was taken, entries that do not sum to zero. Nothing was written; trying again is useless.
 */
export class MoneyContradiction extends Error {
  override readonly name = 'MoneyContradiction';
}
