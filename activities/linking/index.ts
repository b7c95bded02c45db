import type { AcceptedLink } from '../../src/domain/chat/results';
import type { TextKey } from '../../src/domain/chat/say';
import type { VaultedWallet } from '../../src/domain/linking/identity-provider';
import { ProviderFailure } from '../../src/domain/outcomes';
import { messageIdOf } from '../../src/identity';
import type { LinkSession } from '../../src/store';
import type { AccountLinkInput } from '../../workflows/messages/account-link';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound } from '../failures';
import { cancelledForWantOfAccount, cardAgain } from '../money/offer-again';
import { finishUnlinking } from './unlink';

/** A linking session and whose it is. */
export interface OfSession {
  sessionId: string;
  personKey: string;
}

/** Links a wallet to a person, step by step; each step can be repeated. */
export function createLinkingActivities(
  { store, wallet, gateway, channel }: Pick<Dependencies, 'store' | 'wallet' | 'gateway' | 'channel'>,
  post: Post,
): {
  identifyAtWallet(input: AccountLinkInput): Promise<'identified' | 'refused'>;
  askToConfirmLink(request: OfSession & { code: string }): Promise<void>;
  acceptLinkCode(request: { personKey: string; code: string; at: number }): Promise<AcceptedLink>;
  bindLink(session: OfSession): Promise<'linked' | 'refused'>;
  closeLink(request: OfSession & { end: 'expired' | 'abandoned' }): Promise<void>;
  refuseLink(request: OfSession): Promise<void>;
} {
  return {
    async identifyAtWallet({ sessionId, login, approval }): Promise<'identified' | 'refused'> {
      const session = await sessionOf(sessionId);
      if (session.state !== 'opened') return session.state === 'refused' ? 'refused' : 'identified';
      try {
        const identity = await wallet.identify({ ...login, codeVerifier: session.codeVerifier ?? '' });
        const { setupId, approveUrl } = await wallet.beginVault({ key: `${sessionId}:vault`, ...approval });
        await store.linkSessions.identified(sessionId, { identity, setupId, approveUrl });
        return 'identified';
      } catch (error) {
        if (!isRefused(error)) throw asApplicationFailure(error);
        await store.linkSessions.ended(sessionId, 'refused', error.reason);
        return 'refused';
      }
    },

    async askToConfirmLink({ sessionId, personKey, code }): Promise<void> {
      const ids = { linkSessionId: sessionId, linkCode: code };
      await tell(personKey, sessionId, { key: 'link.confirm-in-chat', ids });
    },

    /** The code came back through the channel, signed, from the person it was made for: only now is it worth anything. */
    async acceptLinkCode({ personKey, code, at }): Promise<AcceptedLink> {
      const session = await store.linkSessions.takeByCode(code, personKey, new Date(at));
      if (typeof session === 'string') return 'refused';
      const told = await gateway.tellAccountLink(session.sessionId, { kind: 'linked' });
      return told === 'told' ? 'accepted' : 'refused';
    },

    async bindLink({ sessionId, personKey }): Promise<'linked' | 'refused'> {
      const session = await sessionOf(sessionId);
      if (session.state === 'linked') return 'linked';
      if (await store.safety.isFrozen(personKey)) return refuse({ sessionId, personKey }, 'frozen');
      const vaulted = await vaultedOf(session);
      if (!vaulted || !session.identity) return refuse({ sessionId, personKey }, 'not-approved');
      // Who logged in and whose wallet was approved must be one and the same.
      if (vaulted.payerId !== session.identity.payerId) {
        await wallet.removeVault(vaulted.token);
        return refuse({ sessionId, personKey }, 'other-account');
      }
      const bound = await store.links.bind({
        linkId: sessionId,
        personKey,
        payerId: session.identity.payerId,
        email: session.identity.email,
        name: session.identity.name,
        country: session.identity.country,
        platform: session.platform ?? 'unknown',
        vaultToken: vaulted.token,
        customerId: vaulted.customerId,
        verified: session.identity.verified,
      });
      if (bound === 'account-taken') {
        await wallet.removeVault(vaulted.token);
        return refuse({ sessionId, personKey }, 'account-taken', 'link.account-taken');
      }
      // An account that was linked before has given way to this one.
      await finishUnlinking({ store, wallet, channel }, personKey);
      await store.linkSessions.ended(sessionId, 'linked');
      await tell(personKey, sessionId, { key: 'link.linked', ids: { linkSessionId: sessionId } });
      await offerAgain({ sessionId, personKey });
      return 'linked';
    },

    async closeLink({ sessionId, personKey, end }): Promise<void> {
      await store.linkSessions.ended(sessionId, end);
      await tell(personKey, sessionId, { key: end === 'expired' ? 'link.expired' : 'link.refused' });
    },

    async refuseLink({ sessionId, personKey }): Promise<void> {
      const session = await store.linkSessions.find(sessionId);
      if (session?.personKey === personKey) await gateway.tellAccountLink(sessionId, { kind: 'abort', why: 'not-me' });
    },
  };

  /** What was cancelled because no account was there any more can be confirmed again, on a card of its own. */
  async function offerAgain({ sessionId, personKey }: OfSession): Promise<void> {
    const at = Date.now();
    const cancelled = await cancelledForWantOfAccount(store, personKey, at);
    if (!cancelled) return;
    const paymentId = messageIdOf(`${sessionId}/again/${cancelled.paymentId}`);
    const card = await cardAgain(store, cancelled, { paymentId, at });
    if (card.kind === 'card') await tell(personKey, sessionId, { key: 'payment.confirm', ids: { paymentId } });
  }

  async function sessionOf(sessionId: string): Promise<LinkSession> {
    const session = await store.linkSessions.find(sessionId);
    if (!session) throw notFound('the linking session');
    return session;
  }

  /** The vaulted wallet, or nothing where the approval was not given. */
  async function vaultedOf({ sessionId, setupId }: LinkSession): Promise<VaultedWallet | undefined> {
    if (!setupId) return undefined;
    try {
      return await wallet.completeVault({ key: `${sessionId}:token`, setupId });
    } catch (error) {
      if (isRefused(error)) return undefined;
      throw asApplicationFailure(error);
    }
  }

  async function refuse(
    { sessionId, personKey }: OfSession,
    problem: string,
    key: TextKey = 'link.refused',
  ): Promise<'refused'> {
    await store.linkSessions.ended(sessionId, 'refused', problem);
    await tell(personKey, sessionId, { key });
    return 'refused';
  }

  async function tell(
    personKey: string,
    sessionId: string,
    message: Parameters<Post['say']>[0]['messages'][number],
  ): Promise<void> {
    await post.say({ personKey, cause: `${sessionId}/${message.key}`, speaker: 'notice', messages: [message] });
  }
}

function isRefused(error: unknown): error is ProviderFailure {
  return error instanceof ProviderFailure && (error.outcome === 'needs-person' || error.outcome === 'final');
}
