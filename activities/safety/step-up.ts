import type { PaymentStart } from '../../src/domain/chat/results';
import type { Say } from '../../src/domain/chat/say';
import { ProviderFailure } from '../../src/domain/outcomes';
import { messageIdOf } from '../../src/identity';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import type { StepUp } from '../../src/store';
import type { StepUpAnswer, StepUpInput } from '../../workflows/messages/step-up';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound } from '../failures';
import type { BeginRequest } from '../money/begin';
import { needUnfreezing } from './freeze';
import { cardBeingMade, replaceCard } from './sources';

/** A fresh login, with the decision made on its page. */
export interface StepUpDecision {
  stepUpId: string;
  personKey: string;
  choice: 'approve' | 'cancel';
  /** Workflow time in milliseconds since the epoch. */
  at: number;
}

/** Fresh logins: who it was, and what the press on the page does. Every step is repeatable. */
export function createStepUps(
  { store, wallet }: Pick<Dependencies, 'store' | 'wallet'>,
  post: Post,
  beginPayment: (request: BeginRequest) => Promise<PaymentStart>,
): {
  identifyForStepUp(input: StepUpInput): Promise<'identified' | 'refused'>;
  settleStepUp(decision: StepUpDecision): Promise<StepUpAnswer>;
  abandonStepUp(stepUp: { stepUpId: string }): Promise<'expired'>;
} {
  return {
    async identifyForStepUp({ stepUpId, personKey, login, card }): Promise<'identified' | 'refused'> {
      const stepUp = await stepUpOf(stepUpId);
      if (stepUp.state !== 'opened') return stepUp.state === 'refused' ? 'refused' : 'identified';
      try {
        const identity = await wallet.identify({ ...login, codeVerifier: stepUp.codeVerifier ?? '' });
        const known = await store.links.latest(personKey);
        if (identity.payerId !== known?.payerId) return await refuse(stepUpId, 'other-account');
        const setup =
          stepUp.purpose === 'add-card' ? await wallet.beginCard({ key: `${stepUpId}:card`, ...card }) : undefined;
        await store.stepUps.identified(stepUpId, setup);
        return 'identified';
      } catch (error) {
        if (!isRefused(error)) throw asApplicationFailure(error);
        return refuse(stepUpId, error.reason);
      }
    },

    async settleStepUp({ stepUpId, personKey, choice, at }): Promise<StepUpAnswer> {
      const stepUp = await stepUpOf(stepUpId);
      const answer = choice === 'approve' ? await approve(stepUp, at) : await cancel(stepUp);
      await store.stepUps.ended(stepUpId, choice === 'approve' ? 'done' : 'abandoned');
      const message = answer === 'frozen' ? await frozenWords(personKey, at) : wordsFor(answer, stepUp);
      const offered = answer === 'card-added' ? await cardWith(stepUp, at) : [];
      const messages = [message, ...offered];
      await post.say({ personKey, cause: `${stepUpId}/${answer}`, speaker: 'notice', messages });
      return answer;
    },

    async abandonStepUp({ stepUpId }): Promise<'expired'> {
      await store.stepUps.ended(stepUpId, 'abandoned', 'expired');
      return 'expired';
    },
  };

  async function approve(stepUp: StepUp, at: number): Promise<StepUpAnswer> {
    const { stepUpId, personKey, paymentId, rollout, purpose } = stepUp;
    await store.stepUps.approved(stepUpId);
    if (purpose === 'add-card') return addCard(stepUp);
    if (paymentId === undefined) {
      await store.safety.unfreeze(personKey);
      return 'unfrozen';
    }
    const request = { payerKey: personKey, paymentId, rollout: rollout ?? LAUNCH_DECISION, at, approvedBy: stepUpId };
    const begun = await beginPayment(request);
    // Whoever has approved is never asked again; only a row that vanished between the two could ask.
    return typeof begun === 'string' ? begun : 'void';
  }

  /** Keeps the card that was chosen on the provider's page. */
  async function addCard({ stepUpId, personKey, setupId = '' }: StepUp): Promise<StepUpAnswer> {
    try {
      const kept = await wallet.completeCard({ key: `${stepUpId}:token`, setupId });
      await store.sources.add({ sourceId: stepUpId, personKey, ...kept });
      return 'card-added';
    } catch (error) {
      if (!isRefused(error)) throw asApplicationFailure(error);
      return 'card-refused';
    }
  }

  /** What was being made when the card was added is offered with it at once. */
  async function cardWith({ stepUpId, personKey }: StepUp, at: number): Promise<Say[]> {
    const open = await cardBeingMade(store, personKey, at);
    if (!open) return [];
    const newPaymentId = messageIdOf(`${stepUpId}/card/${open.paymentId}`);
    const card = await replaceCard(store, open, { newPaymentId, source: stepUpId, at });
    return card.kind === 'card' ? [{ key: 'payment.confirm', ids: { paymentId: newPaymentId } }] : [];
  }

  async function cancel({ paymentId }: StepUp): Promise<StepUpAnswer> {
    if (paymentId !== undefined && !(await store.payments.move(paymentId, ['draft'], 'cancelled'))) return 'existing';
    return 'cancelled';
  }

  async function frozenWords(personKey: string, at: number): Promise<Say> {
    return { key: 'safety.is-frozen', ids: { stepUpId: await needUnfreezing(store, { personKey, at }) } };
  }

  async function stepUpOf(stepUpId: string): Promise<StepUp> {
    const stepUp = await store.stepUps.find(stepUpId);
    if (!stepUp) throw notFound('the fresh login');
    return stepUp;
  }

  async function refuse(stepUpId: string, problem: string): Promise<'refused'> {
    await store.stepUps.ended(stepUpId, 'refused', problem);
    return 'refused';
  }
}

/** What the chat says to what was decided on the page. */
function wordsFor(answer: Exclude<StepUpAnswer, 'frozen'>, { paymentId }: StepUp): Say {
  switch (answer) {
    case 'started':
      return { key: 'payment.started', ids: { paymentId } };
    case 'existing':
      return { key: 'payment.state', ids: { paymentId } };
    case 'payee-unavailable':
      return { key: 'send.payee-unavailable', ids: { paymentId } };
    case 'unfrozen':
      return { key: 'safety.unfrozen' };
    case 'card-added':
      return { key: 'source.added' };
    case 'card-refused':
      return { key: 'source.none-added' };
    case 'cancelled':
      return { key: paymentId === undefined ? 'cancel.dialogue' : 'payment.cancelled' };
    case 'void':
    case 'expired':
      return { key: 'payment.card-replaced' };
  }
}

function isRefused(error: unknown): error is ProviderFailure {
  return error instanceof ProviderFailure && (error.outcome === 'needs-person' || error.outcome === 'final');
}
