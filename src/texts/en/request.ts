import { payloadOf } from '../../domain/chat/actions';
import type { Choice } from '../../domain/chat/channel';
import type { ShareState } from '../../domain/money/requests';
import { shown } from '../money';
import type { RequestWords } from '../words';
import { plain, text } from '../words';
import { roomNow } from './send';

export const REQUEST = {
  'request.ask-amount': text([], () => plain('How much do you want to ask for? For example: $20, or $60 in total.')),
  'request.ask-payers': text([], () =>
    plain(
      'Whom shall I ask? Type one name, or several: Lee and Kim. They must have paid or been paid with you here before.',
    ),
  ),
  'request.ask-which-payer': text(['contacts', 'asWritten'], ({ contacts, asWritten }) => ({
    kind: 'text',
    text: `Which ${asWritten} do you mean?\n${contacts.map(({ name, maskedEmail }, place) => `${place + 1}. ${name}: ${maskedEmail}`).join('\n')}`,
    choices: contacts.map(({ contactId, name }, place) => ({
      title: `${place + 1}. ${name}`,
      payload: payloadOf('payer.choose', contactId),
    })),
  })),
  'request.none-asked': text([], () =>
    plain('Nobody asks you for money at the moment, so there is nothing to decline.'),
  ),
  'request.payer-unknown': text(['asWritten'], ({ asWritten }) =>
    plain(
      `I cannot ask "${asWritten}": I only ask people you have paid or been paid by before, and who use PayPal in this chat. Type another name.`,
    ),
  ),
  'request.amount-refused': text([], () =>
    plain('That amount cannot be asked for: each person pays from $1.00 to $10,000.00. Type another amount.'),
  ),
  'request.too-many-people': text([], () =>
    plain('That is too many people at once; 50 is the most. Nobody was asked.'),
  ),
  'request.too-many-open': text([], () =>
    plain('You have 20 open requests already, which is the most at a time. Cancel one or wait for an answer first.'),
  ),
  'request.tap-to-send': text([], () =>
    plain('Nobody was asked yet: I ask only when you tap Send request on the card.'),
  ),
  'request.confirm': text(['request'], ({ request }) => ({
    kind: 'buttons',
    text: [
      `Ask for ${shown(request.asked)}?`,
      ...request.shares.map(partOf),
      ...ownPart(request),
      ...forNote(request),
    ].join('\n'),
    buttons: [
      { kind: 'reply', title: 'Send request', payload: payloadOf('request.confirm', request.requestId) },
      { kind: 'reply', title: 'Cancel', payload: payloadOf('request.drop', request.requestId) },
    ],
  })),
  'request.asked': text(['request'], ({ request }) => ({
    kind: 'text',
    text: `I have asked ${names(request)}. I'll tell you who pays, and remind them after 1, 3 and 7 days; the request ends after 14.`,
    choices: manage(request),
  })),
  'request.card-void': text([], () =>
    plain('That request is no longer valid, so nobody was asked and nothing has moved.'),
  ),
  'request.dropped': text([], () => plain('Cancelled. Nobody was asked.')),
  'request.status': text(['request'], ({ request }) => ({
    kind: 'text',
    text: [paidOf(request), ...lines(request), ...forNote(request)].join('\n'),
    choices: request.open ? manage(request) : [],
  })),
  'request.none-yet': text([], () =>
    plain('You have not asked anybody for money yet. Try: request $20 from Lee for pizza.'),
  ),
  'request.share': text(['request', 'share'], ({ request, share }) => ({
    kind: 'buttons',
    text: [`${request.requesterFirstName} asks you for ${shown(share.amount)}.`, ...forNote(request)].join('\n'),
    buttons: answers(share.shareId),
  })),
  'request.reminder': text(['request', 'share'], ({ request, share }) => ({
    kind: 'buttons',
    text: [`A reminder: ${request.requesterFirstName} asked you for ${shown(share.amount)}.`, ...forNote(request)].join(
      '\n',
    ),
    buttons: answers(share.shareId),
  })),
  'request.reminded': text([], () => plain('They will be reminded, unless that happened within the last day.')),
  'request.share-declined-by-you': text(['request', 'share'], ({ request, share }) =>
    plain(`You declined the ${shown(share.amount)}. ${request.requesterFirstName} will be told. Nothing has moved.`),
  ),
  'request.share-over-limit': text(['share', 'amount'], ({ share, amount }) => ({
    kind: 'buttons',
    text: `Nothing was sent: ${shown(share.amount)} is more than you can send at the moment. ${roomNow(amount)} Until the request ends you can come back to it here.`,
    buttons: answers(share.shareId),
  })),
  'request.share-over': text([], () =>
    plain('That request is over: it was answered, cancelled or has expired. Nothing was sent.'),
  ),
  'request.sent-back-already': text([], () =>
    plain('That share goes back, or has gone back, already. It is sent back once; nothing more was sent.'),
  ),
  'request.send-back-over-limit': text(['share', 'amount'], ({ share, amount }) => ({
    kind: 'buttons',
    text: `Nothing was sent back: ${shown(share.amount)} is more than you can send at the moment. ${roomNow(amount)} You can come back to it here.`,
    buttons: [{ kind: 'reply', title: 'Send back', payload: payloadOf('request.send-back', share.shareId) }],
  })),
  'request.news': text(['request'], ({ request }) => ({
    kind: 'text',
    text: [paidOf(request), ...lines(request)].join('\n'),
    choices: request.open ? manage(request) : [],
  })),
  'request.expired': text(['request'], ({ request }) =>
    plain([`Your request has expired after 14 days. ${paidOf(request)}`, ...lines(request)].join('\n')),
  ),
  'request.expired-for-payer': text(['request', 'share'], ({ request, share }) =>
    plain(`${request.requesterFirstName}'s request for ${shown(share.amount)} has expired. Nothing was sent.`),
  ),
  'request.cancelled': text(['request'], ({ request }) => {
    const paid = request.shares.filter(({ state }) => state === 'paid');
    return {
      kind: 'text',
      text: `The request is cancelled.${paid.length > 0 ? ' Some have paid already; tap a name to send the money back.' : ' Nobody has paid.'}`,
      choices: paid.map(({ shareId, payerFirstName, amount }) => ({
        title: `${payerFirstName} ${shown(amount)}`,
        payload: payloadOf('request.send-back', shareId),
      })),
    };
  }),
  'request.cancelled-for-payer': text(['request', 'share'], ({ request, share }) =>
    plain(`${request.requesterFirstName} cancelled the request for ${shown(share.amount)}. Nothing was sent.`),
  ),
};

const STATE_WORDS: Record<ShareState, string> = {
  asked: 'not answered yet',
  paying: 'is paying',
  paid: 'has paid',
  declined: 'declined',
  cancelled: 'cancelled',
  expired: 'did not answer',
  returning: 'is being sent back',
  returned: 'was sent back',
};

/** Everybody's part, with what has become of it. */
function lines(request: RequestWords): string[] {
  const others = request.shares.map((share) => {
    const stands = request.open || share.state !== 'asked' ? `: ${STATE_WORDS[share.state]}` : '';
    return `${partOf(share)}${stands}`;
  });
  return [...others, ...ownPart(request)];
}

function partOf({ payerFirstName, amount }: RequestWords['shares'][number]): string {
  return `• ${payerFirstName} ${shown(amount)}`;
}

function ownPart({ own }: RequestWords): string[] {
  return own.minor > 0 ? [`• You ${shown(own)}`] : [];
}

function paidOf({ shares }: RequestWords): string {
  const paid = shares.filter(({ state }) => state === 'paid').length;
  if (paid === shares.length) return 'Everybody has paid.';
  return paid === 0 ? 'Nobody has paid yet.' : `${paid} of ${shares.length} have paid.`;
}

function names({ shares }: RequestWords): string {
  return new Intl.ListFormat('en').format(shares.map(({ payerFirstName }) => payerFirstName));
}

function forNote({ note }: RequestWords): string[] {
  return note ? [`For: ${note}`] : [];
}

function manage({ requestId }: RequestWords): Choice[] {
  return [
    { title: 'Who has paid', payload: payloadOf('request.status', requestId) },
    { title: 'Remind', payload: payloadOf('request.remind', requestId) },
    { title: 'Cancel request', payload: payloadOf('request.cancel', requestId) },
  ];
}

function answers(shareId: string): { kind: 'reply'; title: string; payload: string }[] {
  return [
    { kind: 'reply', title: 'Pay', payload: payloadOf('share.accept', shareId) },
    { kind: 'reply', title: 'Decline', payload: payloadOf('share.decline', shareId) },
    { kind: 'reply', title: 'Block', payload: payloadOf('block.requester', shareId) },
  ];
}
