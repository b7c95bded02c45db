import { sql } from 'kysely';
import type { PersonProfile } from '../../domain/chat/channel';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import { erase } from './erasure';
import { REACH_COLUMNS, readReach } from './reach';
import type { Reach } from './reach';

/** Somebody who has been in touch with a page of ours. */
export interface Person {
  personKey: string;
  page: string;
  name?: string;
  firstName?: string;
  locale?: string;
  /** Hours from GMT. */
  timezoneHours?: number;
  /** When the channel was last asked for the profile. */
  profileReadAt?: Date;
  /** The person's last act. */
  lastActAt?: Date;
  /** The last act that came from an advertisement. */
  adClickAt?: Date;
}

/** People, by a keyed hash of their address. Name and address are encrypted under the person's own key. */
export class People {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /**
   * Makes the person known, with a data key of their own. Somebody known stays as they are; somebody who was forgotten
   * begins anew, with a new key and nothing from before.
   */
  async register({ personKey, page, address }: { personKey: string; page: string; address: string }): Promise<void> {
    const known = await this.db
      .selectFrom('people')
      .select((eb) => eb('data_key_enc', 'is', null).as('forgotten'))
      .where('person_key', '=', personKey)
      .executeTakeFirst();
    if (known && !known.forgotten) return;
    const dataKey = this.personal.createKey(personKey);
    const row = this.row(personKey, dataKey);
    const values = { page, data_key_enc: dataKey, address_enc: row.seal('address_enc', address) };
    await inTransaction(this.db, async (tx) => {
      // What was written in the moment of forgetting is under the destroyed key.
      if (known) await erase(tx, personKey);
      await tx
        .insertInto('people')
        .values({ person_key: personKey, ...values })
        .onConflict((conflict) =>
          conflict.column('person_key').doUpdateSet(values).where('people.data_key_enc', 'is', null),
        )
        .execute();
    });
  }

  /** Where the person is reached. @throws PersonForgotten; NoSuchRow when nobody is registered so. */
  async reach(personKey: string): Promise<Reach> {
    const row = await this.db
      .selectFrom('people')
      .select(['data_key_enc', ...REACH_COLUMNS])
      .where('person_key', '=', personKey)
      .executeTakeFirst();
    if (!row) throw new NoSuchRow('people', personKey);
    return readReach(personKey, row, this.personal.unwrap(personKey, row.data_key_enc));
  }

  /** Somebody who was forgotten is nobody: undefined, until they are registered anew. */
  async find(personKey: string): Promise<Person | undefined> {
    const row = await this.db.selectFrom('people').selectAll().where('person_key', '=', personKey).executeTakeFirst();
    if (!row?.data_key_enc) return undefined;
    const sealed = this.row(personKey, row.data_key_enc);
    return {
      personKey,
      page: row.page,
      name: sealed.openOptional('name_enc', row.name_enc),
      firstName: sealed.openOptional('first_name_enc', row.first_name_enc),
      locale: row.locale ?? undefined,
      timezoneHours: row.timezone_hours ?? undefined,
      profileReadAt: row.profile_read_at ?? undefined,
      lastActAt: row.last_act_at ?? undefined,
      adClickAt: row.ad_click_at ?? undefined,
    };
  }

  /** Keeps what the channel told; what it withholds now is forgotten. @throws PersonForgotten */
  async saveProfile(personKey: string, { name, firstName, locale, timezone }: PersonProfile): Promise<void> {
    const sealed = new SealedRow(await this.personal.keyOf(this.db, personKey), 'people', personKey);
    await this.db
      .updateTable('people')
      .set({
        name_enc: sealed.sealOptional('name_enc', name),
        first_name_enc: sealed.sealOptional('first_name_enc', firstName),
        locale: locale ?? null,
        timezone_hours: timezone ?? null,
        profile_read_at: sql<Date>`now()`,
      })
      .where('person_key', '=', personKey)
      .execute();
  }

  /**
   * Notes that the person did something, and whether an advertisement had led them. Events may come late: an act before
   * the last known one changes nothing.
   */
  async acted(personKey: string, at: Date, { fromAd = false }: { fromAd?: boolean } = {}): Promise<void> {
    await this.db
      .updateTable('people')
      .set({ last_act_at: at, ...(fromAd ? { ad_click_at: at } : {}) })
      .where('person_key', '=', personKey)
      .where((eb) => eb.or([eb('last_act_at', 'is', null), eb('last_act_at', '<', at)]))
      .execute();
  }

  /**
   * Deletes the person: the data key is destroyed and everything personal goes. Payments and ledger stay, as amounts
   * between keyed hashes.
   */
  async forget(personKey: string): Promise<void> {
    await inTransaction(this.db, (tx) => erase(tx, personKey));
  }

  private row(personKey: string, wrapped: Buffer | null): SealedRow<'people'> {
    return new SealedRow(this.personal.unwrap(personKey, wrapped), 'people', personKey);
  }
}
