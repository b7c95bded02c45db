import {
  allHandlersFinished,
  condition,
  continueAsNew,
  log,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { BotTurn } from './conversation/bot-turn';
import { IdleClock } from './conversation/idle';
import { Ownership } from './conversation/ownership';
import { RepActions } from './conversation/rep-actions';
import { begin, carry, heardElsewhere, inWords, isFresh, viewOf } from './conversation/state';
import type { ConversationEvent, ConversationInput } from './messages/conversation';
import {
  claimUpdate,
  eventSignal,
  noteUpdate,
  releaseUpdate,
  replyUpdate,
  resolveUpdate,
  returnToBotUpdate,
  snoozeUpdate,
  transferUpdate,
  viewQuery,
} from './messages/conversation';
import { step } from './proxies';
import { transition } from './transition';

const settleEcho = step('settleEcho', 'Note that a message arrived after all');
const keepStandby = step('keepStandby', 'Keep what the person said elsewhere');
const keepElsewhere = step('keepElsewhere', 'Keep what another application said');

/** A longer run makes a cold worker replay more than 8 times a warm turn's work (5 events a turn). */
const TURNS_PER_RUN = 20;

/**
 * Everything between one person and the page. The bot answers until it hands over; a rep's actions are Updates; the
 * person's acts are handled one by one, in the order they arrived. Ends after a day of silence.
 */
export async function conversation(input: ConversationInput): Promise<void> {
  const now = (): number => Date.now();
  const state = begin(input, now());
  const inbox: ConversationEvent[] = [...(input.carried?.pending ?? [])];
  const ownership = new Ownership(state);
  const rep = new RepActions(state, ownership, now);

  setHandler(eventSignal, (event) => void inbox.push(event));
  setHandler(claimUpdate, (action) => rep.claim(action), { validator: (action) => rep.check('claim', action) });
  setHandler(replyUpdate, (action) => rep.reply(action), { validator: (action) => rep.check('reply', action) });
  setHandler(noteUpdate, (action) => rep.note(action), { validator: (action) => rep.check('note', action) });
  setHandler(releaseUpdate, (action) => rep.release(action), { validator: (action) => rep.check('release', action) });
  setHandler(transferUpdate, (action) => rep.transfer(action), {
    validator: (action) => rep.check('transfer', action),
  });
  setHandler(snoozeUpdate, (action) => rep.snooze(action), { validator: (action) => rep.check('snooze', action) });
  setHandler(resolveUpdate, (action) => rep.resolve(action), { validator: (action) => rep.check('resolve', action) });
  setHandler(returnToBotUpdate, (action) => rep.returnToBot(action), {
    validator: (action) => rep.check('return-to-bot', action),
  });
  setHandler(viewQuery, () => viewOf(state));
  setDefaultSignalHandler((name) => log.warn('a signal that a conversation does not know', { name }));

  const idle = new IdleClock(() => state.lastActAt, now);
  transition({ details: inWords(state) });

  const runIsLong = (): boolean => state.turnsInRun >= TURNS_PER_RUN && allHandlersFinished();
  for (;;) {
    await condition(() => inbox.length > 0 || idle.isOver || runIsLong());
    if (runIsLong()) {
      await continueAsNew<typeof conversation>({ ...input, carried: carry(state, inbox) });
    }
    const next = inbox.shift();
    if (next) await handle(next);
    else if (state.owner.kind !== 'bot' || !allHandlersFinished()) idle.again();
    else return;
  }

  async function handle(item: ConversationEvent): Promise<void> {
    if (item.kind === 'echo') return settleEcho({ metadata: item.metadata, messageId: item.messageId });
    if (!isFresh(state, item.kind === 'elsewhere' ? item.key : item.event.key)) return;
    if (item.kind === 'elsewhere') {
      heardElsewhere(state, now());
      transition({ details: inWords(state) });
      return keepElsewhere({ conversationId: state.id, personKey: input.personKey, key: item.key, text: item.text });
    }
    if (item.kind === 'standby')
      return keepStandby({ conversationId: state.id, page: input.page, personKey: input.personKey, event: item.event });
    state.turn += 1;
    state.turnsInRun += 1;
    state.lastActAt = now();
    await new BotTurn(state, ownership, now).take(item.event);
    transition({ details: inWords(state) });
  }
}
