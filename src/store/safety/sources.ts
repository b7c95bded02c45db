import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import { NEEDS_ITS_SOURCE } from '../money/payments';
import type { FundingSources as SourceRow } from '../schema/money';

/** A card that the provider keeps for a person, beside their wallet. */
export interface FundingSource {
  sourceId: string;
  personKey: string;
  kind: 'card';
  /** As people know it: `Visa ••1111`. Nothing more of the card is ever known here. */
  label: string;
  addedAt: Date;
  /** False once it was removed or the provider no longer takes it. */
  usable: boolean;
}

/** A card as the provider's page gave it. */
export interface NewSource {
  sourceId: string;
  personKey: string;
  label: string;
  /** Secret: whoever has it can charge the card. */
  token: string;
  customerId: string;
}

/** What else than the wallet people pay with, and which they pay with by default. */
export class FundingSources {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** The person's usable cards, longest known first. @throws PersonForgotten */
  async of(personKey: string): Promise<FundingSource[]> {
    const rows = await this.rows()
      .where('funding_sources.person_key', '=', personKey)
      .where('state', '=', 'usable')
      .orderBy('added_at')
      .execute();
    return rows.map((row) => this.read(row));
  }

  /** @throws PersonForgotten when its owner was forgotten */
  async find(sourceId: string): Promise<FundingSource | undefined> {
    const row = await this.rows().where('source_id', '=', sourceId).executeTakeFirst();
    return row && this.read(row);
  }

  /** The secret with which a card is charged; absent once it was removed. @throws PersonForgotten */
  async token(sourceId: string): Promise<string | undefined> {
    const row = await this.rows().where('source_id', '=', sourceId).executeTakeFirst();
    return row && this.sealed(row).openOptional('token_enc', row.token_enc);
  }

  /** Adds a card. Repeatable. @throws PersonForgotten */
  async add({ sourceId, personKey, label, token, customerId }: NewSource): Promise<void> {
    const sealed = new SealedRow(await this.personal.keyOf(this.db, personKey), 'funding_sources', sourceId);
    await inTransaction(this.db, async (tx) => {
      const added = await tx
        .insertInto('funding_sources')
        .values({
          source_id: sourceId,
          person_key: personKey,
          kind: 'card',
          state: 'usable',
          label_enc: sealed.seal('label_enc', label),
          token_enc: sealed.seal('token_enc', token),
          token_hash: this.personal.index(token),
          customer_id: customerId,
        })
        .onConflict((conflict) => conflict.column('source_id').doNothing())
        .returning('source_id')
        .executeTakeFirst();
      if (added) await changed(tx, personKey);
    });
  }

  /** Cards that were added before a moment: those of an account that has been unlinked since. */
  async addedBefore(personKey: string, moment: Date): Promise<FundingSource[]> {
    return (await this.of(personKey)).filter(({ addedAt }) => addedAt <= moment);
  }

  /** Whether a payment of the person that a card was chosen for has yet to come to where it needs the card no more. */
  async isPaying(personKey: string, sourceId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('payments')
      .select('payment_id')
      .where('payer_key', '=', personKey)
      .where('source_id', '=', sourceId)
      .where('state', 'in', NEEDS_ITS_SOURCE)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The provider no longer takes the card, or has forgotten it; its token is destroyed. Repeatable. */
  async removed(sourceId: string): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      await tx
        .updateTable('funding_sources')
        .set({ state: 'removed', removed_at: sql<Date>`coalesce(removed_at, now())`, token_enc: null })
        .where('source_id', '=', sourceId)
        .execute();
      await tx
        .updateTable('money_settings')
        .set({ default_source_id: null })
        .where('default_source_id', '=', sourceId)
        .execute();
    });
  }

  /** The card that pays where nothing else is said; `undefined` is the wallet. */
  async defaultOf(personKey: string): Promise<FundingSource | undefined> {
    const row = await this.rows()
      .innerJoin('money_settings', 'money_settings.default_source_id', 'funding_sources.source_id')
      .where('money_settings.person_key', '=', personKey)
      .where('state', '=', 'usable')
      .executeTakeFirst();
    return row && this.read(row);
  }

  /** Makes a card, or the wallet, the default. False when nothing changed, or the card is not this person's to use. */
  async makeDefault(personKey: string, sourceId: string | undefined): Promise<boolean> {
    const before = await this.defaultOf(personKey);
    if (before?.sourceId === sourceId) return false;
    const source = sourceId === undefined ? undefined : await this.find(sourceId);
    if (sourceId !== undefined && (source?.personKey !== personKey || !source.usable)) return false;
    await inTransaction(this.db, async (tx) => {
      await changed(tx, personKey);
      await tx
        .updateTable('money_settings')
        .set({ default_source_id: sourceId ?? null })
        .where('person_key', '=', personKey)
        .execute();
    });
    return true;
  }

  /** When the person last added a card or changed the default, if ever. */
  async changedAt(personKey: string): Promise<Date | undefined> {
    const row = await this.db
      .selectFrom('money_settings')
      .select('source_changed_at')
      .where('person_key', '=', personKey)
      .executeTakeFirst();
    return row?.source_changed_at ?? undefined;
  }

  private rows() {
    return this.db
      .selectFrom('funding_sources')
      .innerJoin('people', 'people.person_key', 'funding_sources.person_key')
      .selectAll('funding_sources')
      .select('people.data_key_enc');
  }

  private read(row: JoinedRow): FundingSource {
    return {
      sourceId: row.source_id,
      personKey: row.person_key,
      kind: 'card',
      label: this.sealed(row).open('label_enc', row.label_enc),
      addedAt: row.added_at,
      usable: row.state === 'usable',
    };
  }

  private sealed(row: JoinedRow): SealedRow<'funding_sources'> {
    const key = this.personal.unwrap(row.person_key, row.data_key_enc);
    return new SealedRow(key, 'funding_sources', row.source_id);
  }
}

type JoinedRow = Selectable<SourceRow> & { data_key_enc: Buffer | null };

async function changed(tx: Db, personKey: string): Promise<void> {
  await tx
    .insertInto('money_settings')
    .values({ person_key: personKey, source_changed_at: sql<Date>`now()` })
    .onConflict((conflict) => conflict.column('person_key').doUpdateSet({ source_changed_at: sql<Date>`now()` }))
    .execute();
}
