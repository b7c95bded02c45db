import type { Updateable } from 'kysely';
import type { WalletIdentity } from '../../domain/linking/identity-provider';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { SealedRow, sha256 } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { LinkSessions as SessionRow } from '../schema/people';

/** How far an attempt to link has come. The last four are final. */
export type LinkSessionState =
  'offered' | 'opened' | 'identified' | 'approved' | 'confirmed' | 'linked' | 'refused' | 'abandoned' | 'expired';

/** The states in which nothing more can come. */
type FinalState = Extract<LinkSessionState, 'linked' | 'refused' | 'abandoned' | 'expired'>;

/** One attempt of a person to link an account, from the offer in the chat on. */
export interface LinkSession {
  sessionId: string;
  personKey: string;
  state: LinkSessionState;
  /** Whether the channel brings the code back, or the person confirms in the chat. */
  way?: 'channel' | 'web';
  platform?: string;
  redirectUri?: string;
  codeVerifier?: string;
  /** Who logged in. */
  identity?: WalletIdentity;
  setupId?: string;
  approveUrl?: string;
  problem?: string;
  expiresAt: Date;
}

/** Attempts to link. Offers, login states, codes and browsers are secrets: only their hashes are kept. */
export class LinkSessions {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** Begins an attempt; `offer` is the secret in the address that the person gets. Repeatable. */
  async offer(offered: { sessionId: string; personKey: string; offer: string; expiresAt: Date }): Promise<void> {
    await this.db
      .insertInto('link_sessions')
      .values({
        session_id: offered.sessionId,
        person_key: offered.personKey,
        offer_hash: sha256(offered.offer),
        state: 'offered',
        expires_at: offered.expiresAt,
      })
      .onConflict((conflict) => conflict.column('session_id').doNothing())
      .execute();
  }

  /** @throws PersonForgotten */
  byOffer(offer: string): Promise<LinkSession | undefined> {
    return this.sessionWhere('offer_hash', sha256(offer));
  }

  /** The attempt whose login comes back with this state. @throws PersonForgotten */
  byLoginState(state: string): Promise<LinkSession | undefined> {
    return this.sessionWhere('login_state_hash', sha256(state));
  }

  /** @throws PersonForgotten */
  find(sessionId: string): Promise<LinkSession | undefined> {
    return this.sessionWhere('session_id', sessionId);
  }

  /**
   * The person's browser opened the page and goes on to the login; opening it again replaces state, verifier and
   * browser. False when the attempt is beyond that point. @throws PersonForgotten
   */
  async opened(
    sessionId: string,
    page: {
      way: 'channel' | 'web';
      platform: string;
      redirectUri?: string;
      loginState: string;
      codeVerifier: string;
      browser: string;
    },
  ): Promise<boolean> {
    const sealed = await this.sealedRow(sessionId);
    return this.move(sessionId, ['offered', 'opened'], 'opened', {
      way: page.way,
      platform: page.platform,
      redirect_uri_enc: sealed.sealOptional('redirect_uri_enc', page.redirectUri),
      login_state_hash: sha256(page.loginState),
      code_verifier_enc: sealed.seal('code_verifier_enc', page.codeVerifier),
      browser_hash: sha256(page.browser),
    });
  }

  /** Whether this is the browser that opened the page: nobody else may go on with the attempt. */
  async isBrowser(sessionId: string, browser: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('link_sessions')
      .select('session_id')
      .where('session_id', '=', sessionId)
      .where('browser_hash', '=', sha256(browser))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The person logged in, and the approval of later charges has begun. Repeatable. @throws PersonForgotten */
  async identified(
    sessionId: string,
    { identity, setupId, approveUrl }: { identity: WalletIdentity; setupId: string; approveUrl: string },
  ): Promise<boolean> {
    const sealed = await this.sealedRow(sessionId);
    return this.move(sessionId, ['opened', 'identified'], 'identified', {
      identity_enc: sealed.seal('identity_enc', JSON.stringify(identity)),
      setup_id_enc: sealed.seal('setup_id_enc', setupId),
      approve_url_enc: sealed.seal('approve_url_enc', approveUrl),
    });
  }

  /** The person came back with the approval. Repeatable. */
  approved(sessionId: string): Promise<boolean> {
    return this.move(sessionId, ['identified', 'approved'], 'approved', {});
  }

  /**
   * The person agreed to who is linked to whom; `code` proves it once it comes back through the chat. Confirming again
   * replaces the code for as long as nobody has brought one.
   */
  async confirmed(sessionId: string, { code, codeExpiresAt }: { code: string; codeExpiresAt: Date }): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('link_sessions')
      .set({ state: 'confirmed', code_hash: sha256(code), code_expires_at: codeExpiresAt })
      .where('session_id', '=', sessionId)
      .where('state', 'in', ['approved', 'confirmed'])
      .where('code_taken_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /**
   * Takes the attempt that the code belongs to, for the person who brought it. A code is taken before it expires; from
   * then on the same person gets the attempt again, so that an interrupted step can be repeated, until
   * {@link ended} makes the code `used`. @throws PersonForgotten
   */
  async takeByCode(
    code: string,
    personKey: string,
    now: Date,
  ): Promise<LinkSession | 'unknown' | 'expired' | 'other-person' | 'used'> {
    const codeHash = sha256(code);
    const taken = await this.db
      .updateTable('link_sessions')
      .set((eb) => ({ code_taken_at: eb.fn.coalesce('code_taken_at', eb.val(now)) }))
      .where('code_hash', '=', codeHash)
      .where('person_key', '=', personKey)
      .where('state', '=', 'confirmed')
      .where((eb) => eb.or([eb('code_taken_at', 'is not', null), eb('code_expires_at', '>', now)]))
      .returning('session_id')
      .executeTakeFirst();
    const session = await this.sessionWhere('code_hash', codeHash);
    if (taken && session) return session;
    if (!session) return 'unknown';
    if (session.personKey !== personKey) return 'other-person';
    return session.state === 'confirmed' ? 'expired' : 'used';
  }

  /** Ends the attempt. The first end stays: ending it again in another way changes nothing. */
  async ended(sessionId: string, state: FinalState, problem?: string): Promise<void> {
    await this.move(sessionId, ['offered', 'opened', 'identified', 'approved', 'confirmed'], state, { problem });
  }

  private async move(
    sessionId: string,
    from: LinkSessionState[],
    to: LinkSessionState,
    changes: Updateable<SessionRow>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('link_sessions')
      .set({ state: to, ...changes })
      .where('session_id', '=', sessionId)
      .where('state', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  private async sealedRow(sessionId: string): Promise<SealedRow<'link_sessions'>> {
    const row = await this.db
      .selectFrom('link_sessions')
      .select('person_key')
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (!row) throw new NoSuchRow('link_sessions', sessionId);
    return new SealedRow(await this.personal.keyOf(this.db, row.person_key), 'link_sessions', sessionId);
  }

  private async sessionWhere(
    column: 'session_id' | 'offer_hash' | 'login_state_hash' | 'code_hash',
    value: string | Buffer,
  ): Promise<LinkSession | undefined> {
    const row = await this.db
      .selectFrom('link_sessions')
      .innerJoin('people', 'people.person_key', 'link_sessions.person_key')
      .selectAll('link_sessions')
      .select('people.data_key_enc')
      .where(`link_sessions.${column}`, '=', value)
      .executeTakeFirst();
    if (!row) return undefined;
    const key = this.personal.unwrap(row.person_key, row.data_key_enc);
    const sealed = new SealedRow(key, 'link_sessions', row.session_id);
    const identity = sealed.openOptional('identity_enc', row.identity_enc);
    return {
      sessionId: row.session_id,
      personKey: row.person_key,
      state: row.state as LinkSessionState,
      way: (row.way ?? undefined) as LinkSession['way'],
      platform: row.platform ?? undefined,
      redirectUri: sealed.openOptional('redirect_uri_enc', row.redirect_uri_enc),
      codeVerifier: sealed.openOptional('code_verifier_enc', row.code_verifier_enc),
      identity: identity === undefined ? undefined : (JSON.parse(identity) as WalletIdentity),
      setupId: sealed.openOptional('setup_id_enc', row.setup_id_enc),
      approveUrl: sealed.openOptional('approve_url_enc', row.approve_url_enc),
      problem: row.problem ?? undefined,
      expiresAt: row.expires_at,
    };
  }
}
