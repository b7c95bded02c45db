import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { NEEDS_ITS_SOURCE } from '../money/payments';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { Links as LinkRow } from '../schema/people';

/** A person's account at the wallet's provider, tied to the person. */
export interface Link {
  linkId: string;
  personKey: string;
  payerId: string;
  email: string;
  name: string;
  /** ISO 3166 country of the account. */
  country: string;
  /** Where the person linked: `ios`, `android`, `web` or what the channel calls it. */
  platform: string;
  linkedAt: Date;
  /** Whether the provider has checked who the account's owner is. */
  verified: boolean;
  /** Whether the wallet can be charged: the consent's token itself is asked for with {@link Links.token}. */
  hasToken: boolean;
}

/** What is bound once the person has proven to hold the one-time code. */
export interface Binding {
  linkId: string;
  personKey: string;
  payerId: string;
  email: string;
  name: string;
  country: string;
  platform: string;
  /** Secret: whoever has it can charge the wallet. */
  vaultToken: string;
  customerId: string;
  verified?: boolean;
  /** When it was linked, where that is not now. */
  linkedAt?: Date;
}

/** Who has which account. A person has one link at a time, and an account belongs to one person at a time. */
export class Links {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** The person's link. @throws PersonForgotten */
  active(personKey: string): Promise<Link | undefined> {
    return this.linkWhere('person_key', personKey);
  }

  /** The account that the person has or had last: whoever logs in with it is the person. @throws PersonForgotten */
  async latest(personKey: string): Promise<Link | undefined> {
    const row = await this.rows().where('links.person_key', '=', personKey).executeTakeFirst();
    return row && this.read(row);
  }

  /** The link of the account with this e-mail address, in any spelling of its capitals. */
  byEmail(email: string): Promise<Link | undefined> {
    return this.linkWhere('email_hash', this.personal.index(email));
  }

  byPayerId(payerId: string): Promise<Link | undefined> {
    return this.linkWhere('payer_id_hash', this.personal.index(payerId));
  }

  byVaultToken(token: string): Promise<Link | undefined> {
    return this.linkWhere('vault_token_hash', this.personal.index(token));
  }

  /** @throws PersonForgotten */
  async find(linkId: string): Promise<Link | undefined> {
    const row = await this.rows().where('link_id', '=', linkId).executeTakeFirst();
    return row && this.read(row);
  }

  /** The secret with which the wallet of this link is charged; absent once it has come to its end. */
  async token(linkId: string): Promise<string | undefined> {
    const row = await this.rows().where('link_id', '=', linkId).executeTakeFirst();
    return row && this.sealed(row).openOptional('vault_token_enc', row.vault_token_enc);
  }

  /**
   * Whether new payments may use the link. Within a transaction it stays so until that ends: whoever ends the link waits.
   */
  async isUsable(linkId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('links')
      .select('state')
      .where('link_id', '=', linkId)
      .forShare()
      .executeTakeFirst();
    return row?.state === 'linked';
  }

  /**
   * Ties the account to the person. Repeatable: the same link again is `already-bound`. An earlier link of the same
   * person begins to end; an account that another person has is `account-taken` and stays theirs. @throws PersonForgotten
   */
  async bind(binding: Binding): Promise<'bound' | 'already-bound' | 'account-taken'> {
    const { linkId, personKey } = binding;
    const sealed = new SealedRow(await this.personal.keyOf(this.db, personKey), 'links', linkId);
    return inTransaction(this.db, async (tx) => {
      // Two bindings of one person, one after the other: each must see what the other ended.
      await tx.selectFrom('people').select('person_key').where('person_key', '=', personKey).forNoKeyUpdate().execute();
      const known = await tx.selectFrom('links').select('link_id').where('link_id', '=', linkId).executeTakeFirst();
      if (known) return 'already-bound';
      const payerIdHash = this.personal.index(binding.payerId);
      // Another person may be binding the same account at this very moment.
      await sql`select pg_advisory_xact_lock(hashtextextended(${payerIdHash.toString('hex')}, 0))`.execute(tx);
      const taken = await tx
        .selectFrom('links')
        .select('link_id')
        .where('payer_id_hash', '=', payerIdHash)
        .where('state', '=', 'linked')
        .where('person_key', '!=', personKey)
        .executeTakeFirst();
      if (taken) return 'account-taken';
      await ending(tx, personKey).execute();
      await tx
        .insertInto('links')
        .values({
          link_id: linkId,
          person_key: personKey,
          state: 'linked',
          payer_id_enc: sealed.seal('payer_id_enc', binding.payerId),
          payer_id_hash: payerIdHash,
          email_enc: sealed.seal('email_enc', binding.email),
          email_hash: this.personal.index(binding.email),
          name_enc: sealed.seal('name_enc', binding.name),
          country: binding.country,
          platform: binding.platform,
          vault_token_enc: sealed.seal('vault_token_enc', binding.vaultToken),
          vault_token_hash: this.personal.index(binding.vaultToken),
          customer_id: binding.customerId,
          verified: binding.verified ?? false,
          linked_at: binding.linkedAt,
        })
        .execute();
      return 'bound';
    });
  }

  /**
   * The person's link serves no new payment from now on. Its token stays for those that have begun to use it, until
   * {@link ended}. False when nothing was linked, or not yet at `asOf`: what comes late about an earlier link leaves a
   * newer one.
   */
  async end(personKey: string, asOf: Date): Promise<boolean> {
    const { numUpdatedRows } = await ending(this.db, personKey).where('linked_at', '<=', asOf).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Links that are ending and whose payments have all come to where they need no token, with since when. */
  async endable(personKey: string): Promise<{ linkId: string; since: Date }[]> {
    const rows = await this.db
      .selectFrom('links')
      .select(['link_id', 'unlinked_at'])
      .where('person_key', '=', personKey)
      .where('state', '=', 'ending')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('payments')
              .select('payment_id')
              .whereRef('payments.link_id', '=', 'links.link_id')
              .where('payments.state', 'in', NEEDS_ITS_SOURCE),
          ),
        ),
      )
      .execute();
    return rows.map(({ link_id, unlinked_at }) => ({ linkId: link_id, since: unlinked_at ?? new Date(0) }));
  }

  /** Whether a link of the person still waits for payments that use it. */
  async isEnding(personKey: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('links')
      .select('link_id')
      .where('person_key', '=', personKey)
      .where('state', '=', 'ending')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The provider has forgotten the token; so do we. */
  async ended(linkId: string): Promise<void> {
    await this.db
      .updateTable('links')
      .set({ state: 'unlinked', vault_token_enc: null, vault_token_hash: null })
      .where('link_id', '=', linkId)
      .where('state', '=', 'ending')
      .execute();
  }

  private async linkWhere(column: SearchedColumn, value: string | Buffer): Promise<Link | undefined> {
    const row = await this.rowWhere(column, value);
    return row && this.read(row);
  }

  private read(row: JoinedRow): Link {
    const sealed = this.sealed(row);
    return {
      linkId: row.link_id,
      personKey: row.person_key,
      payerId: sealed.open('payer_id_enc', row.payer_id_enc),
      email: sealed.open('email_enc', row.email_enc),
      name: sealed.open('name_enc', row.name_enc),
      country: row.country,
      platform: row.platform,
      linkedAt: row.linked_at,
      verified: row.verified,
      hasToken: row.vault_token_enc !== null,
    };
  }

  private rowWhere(column: SearchedColumn, value: string | Buffer): Promise<JoinedRow | undefined> {
    return this.rows().where(`links.${column}`, '=', value).where('links.state', '=', 'linked').executeTakeFirst();
  }

  private rows() {
    return this.db
      .selectFrom('links')
      .innerJoin('people', 'people.person_key', 'links.person_key')
      .selectAll('links')
      .select('people.data_key_enc')
      .orderBy('links.linked_at', 'desc');
  }

  private sealed(row: JoinedRow): SealedRow<'links'> {
    return new SealedRow(this.personal.unwrap(row.person_key, row.data_key_enc), 'links', row.link_id);
  }
}

type SearchedColumn = 'person_key' | 'email_hash' | 'payer_id_hash' | 'vault_token_hash';
type JoinedRow = Selectable<LinkRow> & { data_key_enc: Buffer | null };

function ending(db: Db, personKey: string) {
  return db
    .updateTable('links')
    .set({ state: 'ending', unlinked_at: sql<Date>`now()` })
    .where('person_key', '=', personKey)
    .where('state', '=', 'linked');
}
