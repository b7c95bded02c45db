import type { AnsweredRequest, BegunPayment, DraftedPayment, DraftedRequest } from '../../src/domain/chat/results';
import type { TextKey } from '../../src/domain/chat/say';
import type { MoneyRequest, StoredShare } from '../../src/store';
import type { MoneyRequestEnd, ShareNews } from '../../workflows/messages/money-request';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { makeCard } from '../money/card';
import { notFound } from '../failures';
import { draftRequest } from './draft';
import type { RequestDraftStep } from './draft';

/** A request, named by who asks for something about it. */
export interface OfRequest {
  requestId: string;
  requesterKey: string;
}
/** A share, named by who answers it. */
export interface OfShare {
  shareId: string;
  payerKey: string;
}

/** Asking for money: cards, the asking itself, the answers, and what the requester hears. Every step is repeatable. */
export function createRequestActivities(
  { store, gateway }: Pick<Dependencies, 'store' | 'gateway'>,
  post: Post,
): {
  draftRequest(step: RequestDraftStep): Promise<DraftedRequest>;
  dropRequest(request: OfRequest): Promise<void>;
  beginRequest(request: OfRequest & { at: number }): Promise<BegunPayment>;
  draftShare(share: OfShare & { paymentId: string; at: number }): Promise<DraftedPayment>;
  /** What was asked of somebody last, and is not answered yet. */
  findAskedShare(of: { payerKey: string }): Promise<string | undefined>;
  declineShare(share: OfShare): Promise<AnsweredRequest>;
  draftSendBack(share: {
    shareId: string;
    requesterKey: string;
    paymentId: string;
    at: number;
  }): Promise<DraftedPayment>;
  askForReminder(request: OfRequest): Promise<AnsweredRequest>;
  cancelRequest(request: OfRequest): Promise<AnsweredRequest>;
  tellShareNews(news: OfRequest & { news: ShareNews[] }): Promise<void>;
  remindOfRequest(reminder: OfRequest & { shareIds: string[]; remindedAt: number }): Promise<void>;
  closeRequest(request: OfRequest & { end: Exclude<MoneyRequestEnd, 'settled'> }): Promise<void>;
} {
  return {
    draftRequest: (step) => draftRequest(store, step),

    async dropRequest({ requestId, requesterKey }): Promise<void> {
      const request = await store.requests.find(requestId);
      if (request?.requesterKey === requesterKey) await store.requests.move(requestId, ['draft'], 'cancelled');
    },

    async beginRequest({ requestId, requesterKey, at }): Promise<BegunPayment> {
      const request = await store.requests.find(requestId);
      if (request?.requesterKey !== requesterKey || (await store.safety.isFrozen(requesterKey))) return 'void';
      if (request.state === 'draft' && at > request.cardExpiresAt.getTime()) {
        await store.requests.move(requestId, ['draft'], 'cancelled');
        return 'void';
      }
      if (!(await store.requests.move(requestId, ['draft'], 'open'))) {
        return request.state === 'cancelled' ? 'void' : 'existing';
      }
      for (const share of request.shares) {
        // Who has blocked the requester since the card was made hears nothing, and is told of by nothing.
        if (await store.safety.hasBlocked(share.payerKey, requesterKey)) continue;
        await tellPayer(share, 'request.share', 'asked');
      }
      const shares = request.shares.map(({ shareId, payerKey, amount }) => ({ shareId, payerKey, amount }));
      return gateway.startMoneyRequest({ requestId, requesterKey, shares, askedAt: at });
    },

    async draftShare({ shareId, payerKey, paymentId, at }): Promise<DraftedPayment> {
      const { request, share } = await ofShare(shareId);
      if (share.payerKey !== payerKey || share.state !== 'asked' || request.state !== 'open') return { kind: 'void' };
      return draftTo(request.requesterKey, {
        paymentId,
        payerKey,
        amount: share.amount,
        note: request.note,
        shareId,
        at,
      });
    },

    findAskedShare: ({ payerKey }) => store.requests.latestAskedOf(payerKey),

    async declineShare({ shareId, payerKey }): Promise<AnsweredRequest> {
      const { request, share } = await ofShare(shareId);
      if (share.payerKey !== payerKey || request.state !== 'open') return 'void';
      if (!(await store.requests.moveShare(shareId, ['asked'], 'declined'))) return 'void';
      await gateway.tellMoneyRequest(request.requestId, { kind: 'share', news: { shareId, state: 'declined' } });
      return 'done';
    },

    async draftSendBack({ shareId, requesterKey, paymentId, at }): Promise<DraftedPayment> {
      const { request, share } = await ofShare(shareId);
      if (request.requesterKey !== requesterKey) return { kind: 'void' };
      if (share.state === 'returning' || share.state === 'returned') return { kind: 'sent-back-already' };
      if (share.state !== 'paid') return { kind: 'void' };
      return draftTo(share.payerKey, {
        paymentId,
        payerKey: requesterKey,
        amount: share.amount,
        note: request.note,
        sendsBack: shareId,
        at,
      });
    },

    askForReminder: (request) => tellRun(request, { kind: 'remind' }),

    cancelRequest: (request) => tellRun(request, { kind: 'cancel' }),

    async tellShareNews({ requestId, requesterKey, news }): Promise<void> {
      const request = await store.requests.find(requestId);
      const open = request?.shares.some(({ state }) => state === 'asked' || state === 'paying');
      if (!open) await store.requests.move(requestId, ['open'], 'settled');
      const cause = `${requestId}/news/${news.map(({ shareId, state }) => `${shareId}=${state}`).join('+')}`;
      await tellRequester(requesterKey, requestId, 'request.news', cause);
    },

    async remindOfRequest({ requestId, shareIds, remindedAt }): Promise<void> {
      const request = await store.requests.find(requestId);
      const unanswered = request?.shares.filter(
        ({ shareId, state }) => state === 'asked' && shareIds.includes(shareId),
      );
      for (const share of unanswered ?? []) {
        if (await store.safety.hasBlocked(share.payerKey, request?.requesterKey ?? '')) continue;
        await tellPayer(share, 'request.reminder', `reminded/${remindedAt}`);
      }
    },

    async closeRequest({ requestId, requesterKey, end }): Promise<void> {
      await store.requests.move(requestId, ['open'], end);
      const request = await store.requests.find(requestId);
      for (const share of request?.shares ?? []) {
        // A share whose payment has begun is not stopped: it ends as that payment ends.
        if (!(await store.requests.moveShare(share.shareId, ['asked'], end))) continue;
        await tellPayer(share, end === 'expired' ? 'request.expired-for-payer' : 'request.cancelled-for-payer', end);
      }
      await tellRequester(
        requesterKey,
        requestId,
        end === 'expired' ? 'request.expired' : 'request.cancelled',
        `${requestId}/${end}`,
      );
    },
  };

  async function ofShare(shareId: string): Promise<{ request: MoneyRequest; share: StoredShare }> {
    const found = await store.requests.ofShare(shareId);
    if (!found) throw notFound('the share');
    return found;
  }

  /** A confirmation card to somebody who is known by their chat, not by a name. */
  async function draftTo(
    payeeKey: string,
    draft: {
      paymentId: string;
      payerKey: string;
      amount: StoredShare['amount'];
      note?: string;
      shareId?: string;
      sendsBack?: string;
      at: number;
    },
  ): Promise<DraftedPayment> {
    const payee = await store.links.active(payeeKey);
    if (!payee) return (await store.links.active(draft.payerKey)) ? { kind: 'unknown-payee' } : { kind: 'not-linked' };
    const { email, name } = payee;
    return makeCard(store, { ...draft, payee: { email, name, personKey: payeeKey } });
  }

  async function tellRun(
    { requestId, requesterKey }: OfRequest,
    message: { kind: 'remind' } | { kind: 'cancel' },
  ): Promise<AnsweredRequest> {
    const request = await store.requests.find(requestId);
    if (request?.requesterKey !== requesterKey || request.state !== 'open') return 'void';
    return (await gateway.tellMoneyRequest(requestId, message)) === 'told' ? 'done' : 'void';
  }

  function tellPayer({ shareId, payerKey }: StoredShare, key: TextKey, cause: string): Promise<void> {
    const messages = [{ key, ids: { shareId } }];
    return post.say({ personKey: payerKey, cause: `${shareId}/${cause}`, speaker: 'notice', messages });
  }

  function tellRequester(personKey: string, requestId: string, key: TextKey, cause: string): Promise<void> {
    return post.say({ personKey, cause, speaker: 'notice', messages: [{ key, ids: { requestId } }] });
  }
}
