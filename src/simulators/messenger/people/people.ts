import type { Collection, Documents } from '../../control/documents';
import type { SimulatedClock } from '../../control/clock';
import type { Changes } from './changes';
import { newPersonId } from './ids';
import { createPerson } from './person';
import type { NewPerson, Person } from './person';

/** Everybody who can write to the page. */
export class People {
  private readonly kept: Collection<Person>;

  constructor(
    documents: Documents,
    private readonly clock: SimulatedClock,
    private readonly changes: Changes,
    private readonly appId: string,
  ) {
    this.kept = documents.collection<Person>('person');
  }

  get isEmpty(): boolean {
    return this.kept.size === 0;
  }

  /** Everybody, by name. */
  all(): Person[] {
    return this.kept.values().toSorted((one, other) => one.name.localeCompare(other.name));
  }

  /** How many people something is true of. */
  count(isTrue: (person: Person) => boolean): number {
    return this.kept.values().filter(isTrue).length;
  }

  get(psid: string): Person | undefined {
    return this.kept.get(psid);
  }

  /** Adds somebody who has never been in touch: nothing may be sent to them before they act. */
  add(asked: NewPerson): Person {
    return this.keep(this.complete(asked, false));
  }

  /** Adds somebody who is already a customer: their phone lies open, and the page may write to them. */
  seed(asked: NewPerson): Person {
    return this.keep({ ...this.complete(asked, true), lastActionAt: this.clock.now() });
  }

  /** Keeps what was changed in a person. */
  keep(person: Person): Person {
    this.kept.set(person.psid, person);
    this.changes.tell({ type: 'person', person });
    return person;
  }

  private complete(asked: NewPerson, readsPromptly: boolean): Person {
    const defaults = { ownerAppId: this.appId, now: this.clock.now(), readsPromptly };
    return createPerson(asked, asked.psid ?? newPersonId(), defaults);
  }
}
