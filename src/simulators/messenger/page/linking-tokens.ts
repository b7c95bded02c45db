import type { Collection, Documents } from '../../control/documents';
import type { SimulatedClock } from '../../control/clock';
import { newLinkingToken } from '../people/ids';
import type { JsonObject } from '../people/message';
import type { People } from '../people/people';

/** "This token is only valid for 5 minutes." */
const LINKING_TOKEN_LIFE_MS = 5 * 60 * 1000;

interface LinkingToken {
  readonly token: string;
  readonly psid: string;
  /** By the simulator's clock. */
  readonly createdAt: number;
  used?: boolean;
}

/** The tokens by which an application learns who it is that links an account: one per tap on a log-in button. */
export class LinkingTokens {
  private readonly kept: Collection<LinkingToken>;

  constructor(
    documents: Documents,
    private readonly clock: SimulatedClock,
  ) {
    this.kept = documents.collection<LinkingToken>('linking');
  }

  /** A new token for a person; those that are used up or too old are forgotten. */
  issue(psid: string): string {
    for (const { token: old } of this.kept.values()) if (this.personOf(old) === undefined) this.kept.delete(old);
    const token = newLinkingToken();
    this.kept.set(token, { token, psid, createdAt: this.clock.now() });
    return token;
  }

  /** The person a token stands for, while it is neither used nor older than five minutes. */
  personOf(token: string): string | undefined {
    const known = this.kept.get(token);
    if (known === undefined || known.used || this.clock.now() - known.createdAt >= LINKING_TOKEN_LIFE_MS)
      return undefined;
    return known.psid;
  }

  /** Uses a token up and gives the person it stood for. */
  redeem(token: string): string | undefined {
    const psid = this.personOf(token);
    const known = this.kept.get(token);
    if (psid !== undefined && known !== undefined) this.kept.set(token, { ...known, used: true });
    return psid;
  }

  /** An application has acknowledged that a person's account is linked or unlinked: only then it is. */
  acknowledged(people: People, psid: string, event: JsonObject): void {
    const person = people.get(psid);
    if (person === undefined) return;
    const { status } = event['account_linking'] as { status: 'linked' | 'unlinked' };
    if (status === 'linked') person.linkedAt = Date.now();
    else delete person.linkedAt;
    people.keep(person);
  }
}
