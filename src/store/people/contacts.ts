import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { Contacts as ContactRow } from '../schema/people';

/** Somebody whom a person has dealt with, as that person knows them. */
export interface Contact {
  contactId: string;
  ownerKey: string;
  email: string;
  name: string;
  /** Set where the contact is known to us as a person too. */
  personKey?: string;
  firstPaidAt?: Date;
}

/** Each person's own contacts, encrypted under the owner's key. A name means somebody only among these. */
export class Contacts {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** All contacts of one person, longest known first. @throws PersonForgotten */
  async of(ownerKey: string): Promise<Contact[]> {
    const rows = await this.rows().where('owner_key', '=', ownerKey).orderBy('contacts.created_at').execute();
    return rows.map((row) => this.read(row));
  }

  /** @throws PersonForgotten when its owner was forgotten */
  async find(contactId: string): Promise<Contact | undefined> {
    const row = await this.rows().where('contact_id', '=', contactId).executeTakeFirst();
    return row && this.read(row);
  }

  /** Adds a contact, or renames the one with this e-mail address. When it was first paid stays. @throws PersonForgotten */
  async remember(contact: { ownerKey: string; email: string; name: string; personKey?: string }): Promise<Contact> {
    const { ownerKey, email, name, personKey } = contact;
    const key = await this.personal.keyOf(this.db, ownerKey);
    const contactId = randomUUID();
    const added = new SealedRow(key, 'contacts', contactId);
    const emailHash = this.personal.index(email);
    await this.db
      .insertInto('contacts')
      .values({
        contact_id: contactId,
        owner_key: ownerKey,
        email_hash: emailHash,
        email_enc: added.seal('email_enc', email.trim()),
        name_enc: added.seal('name_enc', name),
        person_key: personKey,
      })
      .onConflict((conflict) => conflict.columns(['owner_key', 'email_hash']).doNothing())
      .execute();
    const byEmail = this.rows().where('owner_key', '=', ownerKey).where('email_hash', '=', emailHash);
    const row = await byEmail.executeTakeFirst();
    if (!row) throw new NoSuchRow('contacts', contactId);
    if (row.contact_id === contactId) return this.read(row);
    const known = new SealedRow(key, 'contacts', row.contact_id);
    await this.db
      .updateTable('contacts')
      .set({ name_enc: known.seal('name_enc', name), person_key: personKey ?? row.person_key })
      .where('contact_id', '=', row.contact_id)
      .execute();
    return { ...this.read(row), name, personKey: personKey ?? row.person_key ?? undefined };
  }

  /** Notes that the contact has been paid, for the first time or again. */
  async paid(ownerKey: string, email: string): Promise<void> {
    await this.db
      .updateTable('contacts')
      .set({ first_paid_at: sql<Date>`coalesce(first_paid_at, now())` })
      .where('owner_key', '=', ownerKey)
      .where('email_hash', '=', this.personal.index(email))
      .execute();
  }

  /** Whether an earlier payment of the owner has arrived there: at this person, or at this address. */
  async hasPaid(ownerKey: string, payee: { personKey?: string; email?: string; phone?: string }): Promise<boolean> {
    const { personKey, email, phone } = payee;
    if (phone !== undefined) return this.hasPaidPhone(ownerKey, phone);
    const row = await this.db
      .selectFrom('contacts')
      .select('contact_id')
      .where('owner_key', '=', ownerKey)
      .where('first_paid_at', 'is not', null)
      .where((eb) =>
        eb.or([
          ...(personKey === undefined ? [] : [eb('person_key', '=', personKey)]),
          ...(email === undefined ? [] : [eb('email_hash', '=', this.personal.index(email))]),
        ]),
      )
      .executeTakeFirst();
    return row !== undefined;
  }

  /** A number is no name, so those who were paid by one are no contacts, and their payments are asked. */
  private async hasPaidPhone(ownerKey: string, phone: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('payments')
      .select('payment_id')
      .where('payer_key', '=', ownerKey)
      .where('payee_phone_hash', '=', this.personal.index(phone))
      .where('state', '=', 'paid')
      .executeTakeFirst();
    return row !== undefined;
  }

  private rows() {
    return this.db
      .selectFrom('contacts')
      .innerJoin('people', 'people.person_key', 'contacts.owner_key')
      .selectAll('contacts')
      .select('people.data_key_enc');
  }

  private read(row: Selectable<ContactRow> & { data_key_enc: Buffer | null }): Contact {
    const sealed = new SealedRow(this.personal.unwrap(row.owner_key, row.data_key_enc), 'contacts', row.contact_id);
    return {
      contactId: row.contact_id,
      ownerKey: row.owner_key,
      email: sealed.open('email_enc', row.email_enc),
      name: sealed.open('name_enc', row.name_enc),
      personKey: row.person_key ?? undefined,
      firstPaidAt: row.first_paid_at ?? undefined,
    };
  }
}
