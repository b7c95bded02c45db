import type { PersonAct, PersonEvent } from '../../src/domain/chat/events';
import type { Understanding } from '../../src/domain/chat/understanding';
import type { Owner } from '../../src/domain/handoff/owner';
import { messageIdOf } from '../../src/identity';
import { ProviderFailure } from '../../src/domain/outcomes';
import type { Content, Conversation, Person, Store } from '../../src/store';
import type { Waiting } from '../../workflows/messages/conversation';
import type { Dependencies } from '../dependencies';
import { inConversation } from './in-conversation';
import type { Outbox } from './outbox';
import { mayBeTold } from './words';

/** After so much silence, in milliseconds, the bot says again that it is one. */
const LONG_SILENCE_MS = 24 * 3_600_000;

export interface Reception {
  conversationId: string;
  page: string;
  personKey: string;
  event: PersonEvent;
  /** Names the turn, so that doing it again after a crash is no duplicate. */
  handledBy: string;
}

/** What a turn has to know before the bot can answer. */
export interface Received {
  /** False for an event that an earlier run has handled. */
  fresh: boolean;
  understood?: Understanding & { text: string };
  linked: boolean;
  frozen: boolean;
  latestPaymentId?: string;
  latestRequestId?: string;
  /** Whether the bot has to say what it is. */
  introduce: boolean;
  /** Who answers, as the store knows it; for a run that has nothing carried over. */
  owner: Owner;
  waiting?: Waiting;
}

/** Keeps what a person did, shows that an answer is coming, and reads what was meant. */
export function createReception(
  deps: Pick<Dependencies, 'store' | 'channel' | 'understand' | 'log'>,
  outbox: Outbox,
): {
  receive(reception: Reception): Promise<Received>;
  keepStandby(reception: Omit<Reception, 'handledBy'>): Promise<void>;
  keepElsewhere(said: { conversationId: string; personKey: string; key: string; text?: string }): Promise<void>;
  whoAnswers(asked: { conversationId: string }): Promise<Pick<Received, 'owner' | 'waiting'>>;
} {
  const { store, channel, understand, log } = deps;
  return {
    async receive(reception: Reception): Promise<Received> {
      const { personKey, conversationId, event } = reception;
      const before = await store.people.find(personKey);
      const kept = await store.transaction((tx) => keep(tx, reception, before));
      const conversation = await store.conversations.find(conversationId);
      const fresh = kept !== 'duplicate';
      if (fresh) {
        const answers = isOfPerson(event.act) && conversation?.owner.kind !== 'rep';
        await Promise.all([
          answers ? bestEffort('typing', channel.showTyping(event.source.address)) : undefined,
          before?.profileReadAt ? undefined : bestEffort('profile', readProfile(personKey, event.source.address)),
          outbox.flush(personKey),
        ]);
      }
      const silence = event.at - (before?.lastActAt?.getTime() ?? 0);
      return {
        fresh,
        ...(event.act.kind === 'text' ? { understood: { ...understand(event.act.text), text: event.act.text } } : {}),
        linked: (await store.links.active(personKey)) !== undefined,
        frozen: await store.safety.isFrozen(personKey),
        latestPaymentId: (await latestStarted(personKey))?.paymentId,
        latestRequestId: (await store.requests.latestOf(personKey))?.requestId,
        introduce: silence > LONG_SILENCE_MS,
        owner: ownerOf(conversation, event.at),
        waiting: waitingOf(conversation),
      };
    },

    async whoAnswers({ conversationId }) {
      const conversation = await store.conversations.find(conversationId);
      return { owner: ownerOf(conversation, Date.now()), waiting: waitingOf(conversation) };
    },

    async keepStandby(reception): Promise<void> {
      const before = await store.people.find(reception.personKey);
      await store.transaction((tx) => keep(tx, { ...reception, handledBy: 'standby' }, before));
    },

    async keepElsewhere({ conversationId, personKey, key, text }): Promise<void> {
      if (!(await store.people.find(personKey))) return;
      await store.transaction(async (tx) => {
        const content: Content = { kind: 'line', key: 'said-elsewhere', detail: text === undefined ? {} : { text } };
        const line = { messageId: messageIdOf(key), conversationId, personKey, key, content };
        await inConversation(tx, line, () => tx.messages.line(line));
        await tx.deskEvents.append({ kind: 'said-elsewhere', conversationId, actor: 'page' });
      });
    },
  };

  async function latestStarted(personKey: string): Promise<{ paymentId: string } | undefined> {
    const latest = await store.payments.ofPerson(personKey, LATEST_LOOK);
    return latest.find((payment) => mayBeTold(payment, personKey));
  }

  async function readProfile(personKey: string, address: string): Promise<void> {
    await store.people.saveProfile(personKey, await channel.profile(address));
  }

  /** A nicety that must not hold up the answer: its failure is noted, and the next turn tries again. */
  async function bestEffort(what: string, doing: Promise<unknown>): Promise<void> {
    try {
      await doing;
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      log.info({ operation: what, outcome: error.outcome, reason: error.reason }, 'a nicety failed');
    }
  }
}

/** Cards that were never confirmed do not count as payments; a few may stand before the latest that was. */
const LATEST_LOOK = 10;

async function keep(
  tx: Store,
  { conversationId, page, personKey, event, handledBy }: Reception,
  known: Person | undefined,
): Promise<'new' | 'again' | 'duplicate'> {
  const { act } = event;
  if (!known) await tx.people.register({ personKey, page, address: event.source.address });
  if (isOfPerson(act)) await tx.people.acted(personKey, new Date(event.at), { fromAd: isFromAd(act) });
  if (act.kind === 'unsend') await tx.messages.forgetContent(act.of, personKey);
  if (act.kind === 'edit') await tx.messages.replaceText(act.of, personKey, act.text);
  const message = {
    conversationId,
    personKey,
    key: event.key,
    handledBy,
    channelMessageId: event.messageId,
    content: contentOf(event),
    at: new Date(event.at),
  };
  const kept = await inConversation(tx, message, () => tx.messages.receive(message));
  if (kept === 'new') {
    await tx.conversations.setClosed(conversationId, undefined);
    await tx.deskEvents.append({ kind: 'message', conversationId, actor: 'person' });
  }
  return kept;
}

/**
 * Whether it opens the window for answers (Messenger Platform, messaging windows): what others do to a thread or a link,
 * and taking a message back, does not.
 */
function isOfPerson({ kind }: PersonAct): boolean {
  return !['thread-control', 'linked', 'unlinked', 'unsend'].includes(kind);
}

/** An advertisement may lead to a message, to a tap on **Get Started**, or just into the thread. */
function isFromAd(act: PersonAct): boolean {
  if (act.kind === 'referral') return act.fromAd;
  return 'referral' in act && act.referral?.fromAd === true;
}

function contentOf({ act }: PersonEvent): Content {
  return act.kind === 'text' && act.attachments.length === 0 ? { kind: 'text', text: act.text } : { kind: 'act', act };
}

function ownerOf(conversation: Conversation | undefined, now: number): Owner {
  if (!conversation) return { kind: 'bot', since: now, epoch: 0 };
  const { kind, rep, since, epoch } = conversation.owner;
  return { kind, since: since.getTime(), epoch, ...(rep ? { rep } : {}) };
}

function waitingOf(conversation: Conversation | undefined): Waiting | undefined {
  if (!conversation?.waitingSince || !conversation.reason) return undefined;
  return { since: conversation.waitingSince.getTime(), reason: conversation.reason as Waiting['reason'] };
}
