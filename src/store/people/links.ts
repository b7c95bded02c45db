import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { Links as LinkRow } from '../schema';

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
  /** Whether the wallet can be charged: the consent's token itself is asked for with {@link Links.vaultToken}. */
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

  /** The secret with which the person's wallet is charged; absent without a link, or once the consent has ended. */
  async vaultToken(personKey: string): Promise<string | undefined> {
    const row = await this.rowWhere('person_key', personKey);
    return row && this.sealed(row).openOptional('vault_token_enc', row.vault_token_enc);
  }

  /**
   * Ties the account to the person. Repeatable: the same link again is `already-bound`. An earlier link of the same
   * person ends; an account that another person has is `account-taken` and stays theirs. @throws PersonForgotten
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
      await end(tx, personKey);
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

  /** Ends the person's link and destroys the token; gives it for the last time, so that it can be ended there too. */
  async unlink(personKey: string): Promise<{ vaultToken?: string } | undefined> {
    return inTransaction(this.db, async (tx) => {
      const row = await new Links(tx, this.personal).rowWhere('person_key', personKey, 'for update');
      if (!row) return undefined;
      await end(tx, personKey);
      return { vaultToken: this.sealed(row).openOptional('vault_token_enc', row.vault_token_enc) };
    });
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

  private rowWhere(
    column: SearchedColumn,
    value: string | Buffer,
    lock?: 'for update',
  ): Promise<JoinedRow | undefined> {
    return this.rows()
      .where(`links.${column}`, '=', value)
      .where('links.state', '=', 'linked')
      .$if(lock === 'for update', (query) => query.forUpdate('links'))
      .executeTakeFirst();
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

async function end(tx: Db, personKey: string): Promise<void> {
  await tx
    .updateTable('links')
    .set({ state: 'unlinked', unlinked_at: sql<Date>`now()`, vault_token_enc: null, vault_token_hash: null })
    .where('person_key', '=', personKey)
    .where('state', '=', 'linked')
    .execute();
}
