import type { Choice } from '../../domain/chat/channel';
import { payloadOf } from '../../domain/chat/actions';
import type { PaymentWords, SourceWords } from '../words';
import { plain, text } from '../words';

/** Most of the sources that somebody is offered: as many as fit beside the last choice. */
const MOST_SOURCES = 10;

export const SOURCES = {
  'source.add-card': text(['stepUp'], ({ stepUp }) => ({
    kind: 'buttons',
    text: "Cards are added on PayPal's own page, after you have logged in there again. Never type a card number into this chat.",
    buttons: [{ kind: 'open', title: 'Add a card', url: stepUp.url }],
  })),
  'source.added': text(['sources'], ({ sources }) =>
    plain(
      `${sources.at(-1)?.label ?? 'The card'} was added: it can pay in this chat, until you write "remove my card". For the next 24 hours each payment needs a login, and less can be sent.`,
    ),
  ),
  'source.none-added': text([], () => plain('No card was added. Nothing was changed.')),
  'source.remove-which': text(['sources'], ({ sources }) => {
    const cards = sources.filter(({ source }) => source !== 'wallet');
    if (cards.length === 0) return plain('No card is added here, so there is none to remove.');
    return {
      kind: 'text',
      text: 'Which card shall I remove? It can then no longer pay in this chat, until you add it again.',
      choices: cards
        .slice(0, MOST_SOURCES)
        .map(({ source, label }) => ({ title: label, payload: payloadOf('source.remove', source) })),
    };
  }),
  'source.removed': text(['sources'], ({ sources }) =>
    plain(`The card was removed: nothing here can charge it any more. ${defaultOf(sources)} is your default.`),
  ),
  'source.is-paying': text([], () =>
    plain('Nothing was removed: that card is paying a payment that is under way. Try again when it has arrived.'),
  ),
  'source.is-default': text(['sources'], ({ sources }) =>
    plain(
      `${defaultOf(sources)} is your default from now on. For the next 24 hours each payment needs a login, and less can be sent.`,
    ),
  ),
  'source.unchanged': text(['sources'], ({ sources }) =>
    plain(`Nothing was changed: ${defaultOf(sources)} is your default.`),
  ),
};

/** The choice that makes what pays a card the default. */
export function makeDefault({ source }: SourceWords): Choice {
  const title = source === 'wallet' ? 'Make PayPal default' : 'Make it my default';
  return { title, payload: payloadOf('source.default', source) };
}

/** Everything else that can pay a payment, and a card that is yet to be added. */
export function waysToPay({ paymentId }: PaymentWords, paidWith: SourceWords, sources: SourceWords[]): Choice[] {
  const others = sources.filter(({ source }) => source !== paidWith.source).slice(0, MOST_SOURCES);
  return [
    ...others.map(({ source, label }) => ({
      title: label,
      payload: payloadOf('change.source', `${paymentId}:${source}`),
    })),
    { title: 'Add a card', payload: payloadOf('source.add') },
  ];
}

function defaultOf(sources: readonly SourceWords[]): string {
  return sources.find(({ byDefault }) => byDefault)?.label ?? 'PayPal';
}
