import type { Reason } from '../../src/domain/outcomes';
import { ProviderFailure } from '../../src/domain/outcomes';
import { messageIdOf } from '../../src/identity';
import type { OutboxRow, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound } from '../failures';
import type { Personas } from './personas';
import type { Written } from './post';
import { allowedRule } from './window';

/** What became of a message. */
export type Sent = 'sent' | 'unconfirmed' | 'failed' | 'dropped' | 'waiting-window';

/** How often an attempt looks for an echo while it waits for one, in milliseconds. */
const ECHO_POLL_MS = 100;

/**
 * Every message leaves through here: a row is committed before the call, so that after any crash it is known what may
 * have been sent. An attempt that finds its row "sending" waits for the echo and never sends again.
 */
export class Outbox {
  constructor(
    private readonly deps: Pick<Dependencies, 'store' | 'channel' | 'log' | 'echoWaitMs'>,
    private readonly personas: Personas,
  ) {}

  /** Writes a message in the caller's transaction, or finds it from an earlier attempt. */
  write(tx: Store, { card, key, ...message }: Written): Promise<OutboxRow> {
    return tx.messages.queue({ ...message, key, messageId: messageIdOf(key), content: { kind: 'card', card } });
  }

  /** Sends a message that was written, unless an attempt knows what became of it. */
  async send(row: OutboxRow, manner: 'insist' | 'once'): Promise<Sent> {
    switch (row.state) {
      case 'pending':
      case 'waiting-window':
        return this.attempt(row, manner);
      case 'sending':
        return this.waitForEcho(row);
      case 'sent':
      case 'unconfirmed':
      case 'failed':
      case 'dropped':
        return row.state;
      default:
        throw notFound('the outgoing message');
    }
  }

  /** Sends again what a rep asked for again, after it failed or could not be confirmed. */
  async sendAgain(messageId: string): Promise<Sent> {
    const { store } = this.deps;
    const row = await this.find(messageId);
    const arrived = await store.receipts.echoOf(messageId);
    if (arrived) return this.arrived(row, arrived.channelMessageId);
    if (row.state !== 'failed' && row.state !== 'unconfirmed') return this.send(row, 'once');
    await store.messages.markAs(messageId, 'pending');
    return this.send(await this.find(messageId), 'once');
  }

  /** Sends what waited for the person to act again, oldest first. */
  async flush(personKey: string): Promise<void> {
    for (const row of await this.deps.store.messages.waitingWindow(personKey)) await this.send(row, 'insist');
  }

  private async find(messageId: string): Promise<OutboxRow> {
    const row = await this.deps.store.messages.find(messageId);
    if (!row) throw notFound('the message');
    return row;
  }

  private async attempt(row: OutboxRow, manner: 'insist' | 'once'): Promise<Sent> {
    const { store, channel } = this.deps;
    const { content, reach } = row;
    const rule = allowedRule(row, reach, Date.now());
    if (!rule) return this.waitForWindow(row.messageId, 'window-closed');
    if (content.kind !== 'card') throw notFound('the card of the message');
    const personaId = row.repId ? await this.personas.of(row.repId).catch(rethrown) : undefined;
    if (!(await store.messages.claimForSending(row.messageId, ['pending', 'waiting-window']))) {
      return this.send(await this.find(row.messageId), manner);
    }
    try {
      const delivery = { to: reach.address, card: content.card, rule, metadata: row.messageId, personaId };
      const { messageId } = await channel.send(delivery);
      return await this.arrived(row, messageId);
    } catch (error) {
      return this.notSent(row, error, manner);
    }
  }

  private async notSent(row: OutboxRow, error: unknown, manner: 'insist' | 'once'): Promise<Sent> {
    const { store } = this.deps;
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.outcome === 'unknown') return this.waitForEcho(row);
    if (error.reason === 'window-closed') return this.waitForWindow(row.messageId, error.reason);
    if (error.reason === 'thread-controlled-elsewhere' && row.speaker !== 'rep') return this.spokenElsewhere(row);
    if (manner === 'insist' && (error.outcome === 'retry' || error.outcome === 'wait-long')) {
      await store.messages.markAs(row.messageId, 'pending', error.reason);
      throw asApplicationFailure(error);
    }
    await store.messages.markAs(row.messageId, 'failed', error.reason);
    await this.tellDesk(row, 'message-failed');
    return 'failed';
  }

  /** Nobody knows whether it arrived: only an echo can tell, and a second copy is worse than a question. */
  private async waitForEcho(row: OutboxRow): Promise<Sent> {
    const { store, echoWaitMs } = this.deps;
    const until = Date.now() + echoWaitMs;
    for (;;) {
      const echo = await store.receipts.echoOf(row.messageId);
      if (echo) return this.arrived(row, echo.channelMessageId);
      if (Date.now() >= until) break;
      await new Promise((done) => setTimeout(done, ECHO_POLL_MS));
    }
    await store.messages.markAs(row.messageId, 'unconfirmed', 'timed-out');
    // An echo that came between the last look and this line found nothing to settle.
    const late = await store.receipts.echoOf(row.messageId);
    if (late) return this.arrived(row, late.channelMessageId);
    await this.tellDesk(row, 'message-unconfirmed');
    return 'unconfirmed';
  }

  private async arrived({ messageId }: OutboxRow, channelMessageId: string): Promise<Sent> {
    await this.deps.store.messages.sent(messageId, channelMessageId);
    return 'sent';
  }

  private async waitForWindow(messageId: string, problem: Reason): Promise<Sent> {
    await this.deps.store.messages.markAs(messageId, 'waiting-window', problem);
    return 'waiting-window';
  }

  /** Somebody else has the thread: facts wait until it is ours again, the bot's answer is overtaken by theirs. */
  private async spokenElsewhere({ messageId, speaker }: OutboxRow): Promise<Sent> {
    const problem: Reason = 'thread-controlled-elsewhere';
    if (speaker === 'notice') return this.waitForWindow(messageId, problem);
    await this.deps.store.messages.markAs(messageId, 'dropped', problem);
    return 'dropped';
  }

  private async tellDesk(row: OutboxRow, kind: string): Promise<void> {
    await this.deps.store.deskEvents.append({
      kind,
      conversationId: row.conversationId,
      detail: { messageId: row.messageId },
    });
  }
}

function rethrown(error: unknown): never {
  throw asApplicationFailure(error);
}
