import type { Selectable, Updateable } from 'kysely';
import type { RolloutDecision } from '../../domain/rollout/decision';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { SealedRow, sha256 } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { StepUps as StepUpRow } from '../schema/people';

/** What a fresh login is needed for. */
export type StepUpPurpose = 'payment' | 'unfreeze' | 'add-card';

/** How far a fresh login has come. The last three are final. */
export type StepUpState = 'needed' | 'opened' | 'identified' | 'approved' | 'done' | 'refused' | 'abandoned';

/** One thing that somebody may do only after logging in anew. */
export interface StepUp {
  stepUpId: string;
  personKey: string;
  purpose: StepUpPurpose;
  /** The payment to be approved, where it is one. */
  paymentId?: string;
  /** The decision about payments under which the person asked. */
  rollout?: RolloutDecision;
  state: StepUpState;
  codeVerifier?: string;
  /** The provider's setup of a card, and where the person continues with it. */
  setupId?: string;
  approveUrl?: string;
  problem?: string;
  expiresAt: Date;
}

/** Fresh logins. Offers, login states and browsers are secrets: they are found by their hashes alone. */
export class StepUps {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** Notes that somebody has to log in anew before something is done. Repeatable. */
  async need(needed: Pick<StepUp, 'stepUpId' | 'personKey' | 'purpose' | 'paymentId' | 'rollout' | 'expiresAt'>) {
    await this.db
      .insertInto('step_ups')
      .values({
        step_up_id: needed.stepUpId,
        person_key: needed.personKey,
        purpose: needed.purpose,
        payment_id: needed.paymentId,
        rollout: needed.rollout === undefined ? null : JSON.stringify(needed.rollout),
        state: 'needed',
        expires_at: needed.expiresAt,
      })
      .onConflict((conflict) => conflict.column('step_up_id').doNothing())
      .execute();
  }

  /**
   * The secret of the address that the person gets: `fresh` the first time, and the same from then on, so that a message
   * that is written twice leads to the same page. @throws PersonForgotten
   */
  async offer(stepUpId: string, fresh: string): Promise<string> {
    const sealed = await this.sealedRow(stepUpId);
    await this.db
      .updateTable('step_ups')
      .set({ offer_hash: sha256(fresh), offer_enc: sealed.seal('offer_enc', fresh) })
      .where('step_up_id', '=', stepUpId)
      .where('offer_hash', 'is', null)
      .execute();
    const row = await this.db
      .selectFrom('step_ups')
      .select('offer_enc')
      .where('step_up_id', '=', stepUpId)
      .executeTakeFirst();
    return sealed.openOptional('offer_enc', row?.offer_enc ?? null) ?? fresh;
  }

  /** @throws PersonForgotten */
  byOffer(offer: string): Promise<StepUp | undefined> {
    return this.stepUpWhere('offer_hash', sha256(offer));
  }

  /** The one whose login comes back with this state. @throws PersonForgotten */
  byLoginState(state: string): Promise<StepUp | undefined> {
    return this.stepUpWhere('login_state_hash', sha256(state));
  }

  /** @throws PersonForgotten */
  find(stepUpId: string): Promise<StepUp | undefined> {
    return this.stepUpWhere('step_up_id', stepUpId);
  }

  /**
   * The person's browser goes on to the login; opening it again replaces state, verifier and browser. False when it is
   * beyond that point. @throws PersonForgotten
   */
  async opened(stepUpId: string, page: { loginState: string; codeVerifier: string; browser: string }) {
    const sealed = await this.sealedRow(stepUpId);
    return this.move(stepUpId, ['needed', 'opened'], 'opened', {
      login_state_hash: sha256(page.loginState),
      code_verifier_enc: sealed.seal('code_verifier_enc', page.codeVerifier),
      browser_hash: sha256(page.browser),
    });
  }

  /** Whether this is the browser that went to the login: nobody else may go on. */
  async isBrowser(stepUpId: string, browser: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('step_ups')
      .select('step_up_id')
      .where('step_up_id', '=', stepUpId)
      .where('browser_hash', '=', sha256(browser))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The owner of the linked account has logged in anew. Repeatable. @throws PersonForgotten */
  async identified(stepUpId: string, setup?: { setupId: string; approveUrl: string }): Promise<boolean> {
    const sealed = await this.sealedRow(stepUpId);
    return this.move(stepUpId, ['opened', 'identified'], 'identified', {
      setup_id_enc: sealed.sealOptional('setup_id_enc', setup?.setupId),
      approve_url_enc: sealed.sealOptional('approve_url_enc', setup?.approveUrl),
    });
  }

  /** The person agreed, after logging in. Repeatable. */
  approved(stepUpId: string): Promise<boolean> {
    return this.move(stepUpId, ['identified', 'approved'], 'approved', {});
  }

  /** Whether the person agreed to this payment after logging in. */
  async isApproved(stepUpId: string, paymentId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('step_ups')
      .select('step_up_id')
      .where('step_up_id', '=', stepUpId)
      .where('payment_id', '=', paymentId)
      .where('state', 'in', ['approved', 'done'])
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Ends it. The first end stays: ending it again in another way changes nothing. */
  async ended(stepUpId: string, state: 'done' | 'refused' | 'abandoned', problem?: string): Promise<void> {
    await this.move(stepUpId, ['needed', 'opened', 'identified', 'approved'], state, { problem });
  }

  private async move(
    stepUpId: string,
    from: StepUpState[],
    to: StepUpState,
    changes: Updateable<StepUpRow>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('step_ups')
      .set({ state: to, ...changes })
      .where('step_up_id', '=', stepUpId)
      .where('state', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  private async sealedRow(stepUpId: string): Promise<SealedRow<'step_ups'>> {
    const row = await this.db
      .selectFrom('step_ups')
      .select('person_key')
      .where('step_up_id', '=', stepUpId)
      .executeTakeFirst();
    if (!row) throw new NoSuchRow('step_ups', stepUpId);
    return new SealedRow(await this.personal.keyOf(this.db, row.person_key), 'step_ups', stepUpId);
  }

  private async stepUpWhere(
    column: 'step_up_id' | 'offer_hash' | 'login_state_hash',
    value: string | Buffer,
  ): Promise<StepUp | undefined> {
    const row = await this.db
      .selectFrom('step_ups')
      .innerJoin('people', 'people.person_key', 'step_ups.person_key')
      .selectAll('step_ups')
      .select('people.data_key_enc')
      .where(`step_ups.${column}`, '=', value)
      .executeTakeFirst();
    return row && this.read(row);
  }

  private read(row: Selectable<StepUpRow> & { data_key_enc: Buffer | null }): StepUp {
    const key = this.personal.unwrap(row.person_key, row.data_key_enc);
    const sealed = new SealedRow(key, 'step_ups', row.step_up_id);
    return {
      stepUpId: row.step_up_id,
      personKey: row.person_key,
      purpose: row.purpose as StepUpPurpose,
      paymentId: row.payment_id ?? undefined,
      rollout: (row.rollout ?? undefined) as RolloutDecision | undefined,
      state: row.state as StepUpState,
      codeVerifier: sealed.openOptional('code_verifier_enc', row.code_verifier_enc),
      setupId: sealed.openOptional('setup_id_enc', row.setup_id_enc),
      approveUrl: sealed.openOptional('approve_url_enc', row.approve_url_enc),
      problem: row.problem ?? undefined,
      expiresAt: row.expires_at,
    };
  }
}
