/** A control call that cannot be carried out; `status` is the HTTP status it is answered with. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
