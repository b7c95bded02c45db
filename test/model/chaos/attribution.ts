import type { Store } from '../../../src/store';
import { idsIn } from '../../world/ids';

const PERSON_KEY = /\b[0-9a-f]{32}\b/g;

/**
 * Tells to which scenario an activity belongs, of many that run side by side: by the people in its input, or by ids that
 * were seen beside them before.
 */
export class Attribution<Scenario> {
  private readonly byPerson = new Map<string, Scenario>();
  private readonly byId = new Map<string, Scenario | undefined>();

  constructor(private readonly payments: Pick<Store['payments'], 'find'>) {}

  /** Everything about this person belongs to the scenario. */
  add(personKey: string, scenario: Scenario): void {
    this.byPerson.set(personKey, scenario);
  }

  /** Whose it is; nobody's where it concerns many. */
  async of(input: unknown): Promise<Scenario | undefined> {
    const text = JSON.stringify(input) ?? '';
    const ids = idsIn(text);
    const people = text.match(PERSON_KEY) ?? [];
    const found = this.known(people, ids) ?? (await this.ofPayment(ids));
    if (found !== undefined) for (const id of ids) this.byId.set(id, found);
    return found;
  }

  private known(people: string[], ids: string[]): Scenario | undefined {
    for (const key of people) if (this.byPerson.has(key)) return this.byPerson.get(key);
    for (const id of ids) if (this.byId.get(id) !== undefined) return this.byId.get(id);
    return undefined;
  }

  private async ofPayment(ids: string[]): Promise<Scenario | undefined> {
    for (const id of ids) {
      const payerKey = (await this.payments.find(id))?.payerKey;
      if (payerKey !== undefined && this.byPerson.has(payerKey)) return this.byPerson.get(payerKey);
    }
    return undefined;
  }
}
