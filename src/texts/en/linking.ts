import { payloadOf } from '../../domain/chat/actions';
import type { Button } from '../../domain/chat/channel';
import type { Words } from '../words';
import { plain, text } from '../words';
import { TALK_TO_A_PERSON } from './greeting';

export const LINKING = {
  'link.offer': text(['linkAddresses'], ({ linkAddresses }) => ({
    kind: 'buttons',
    text: "Link your PayPal account to pay from it here. You log in on PayPal's own page; this chat never sees your password.",
    buttons: waysToLink(linkAddresses),
  })),
  'link.needed-first': text(['linkAddresses'], ({ linkAddresses }) => ({
    kind: 'buttons',
    text: "To send money or ask for it, link your PayPal account first. You log in on PayPal's own page; this chat never sees your password.",
    buttons: waysToLink(linkAddresses),
  })),
  'link.already': text(['account'], ({ account }) =>
    plain(`Your PayPal account ${account.maskedEmail} is linked. You can send money from it.`),
  ),
  'link.confirm-in-chat': text(['account', 'linkConfirmation'], ({ account, linkConfirmation }) => ({
    kind: 'text',
    text: `Somebody logged in to PayPal as ${account.name} (${account.maskedEmail}) from your link. Was that you, and shall I link it to this chat?`,
    choices: [
      {
        title: 'Yes, link it',
        payload: payloadOf('link.confirm', `${linkConfirmation.sessionId}:${linkConfirmation.code}`),
      },
      { title: 'No', payload: payloadOf('link.refuse', linkConfirmation.sessionId) },
    ],
  })),
  'link.linked': text(['account'], ({ account }) =>
    plain(`Your PayPal account ${account.maskedEmail} is linked. Try: send $20 to a name or an e-mail address.`),
  ),
  'link.refused': text([], () => plain('Nothing was linked. You can start again at any time.')),
  'link.account-taken': text([], () => ({
    kind: 'text',
    text: 'That PayPal account is linked to another chat already, so nothing was linked here. Unlink it there first.',
    choices: [TALK_TO_A_PERSON],
  })),
  'link.expired': text([], () =>
    plain('Linking took too long, so it was stopped. Nothing was linked; you can start again.'),
  ),
  'link.code-refused': text([], () =>
    plain(
      'That link could not be used: it is too old, was used before, or was made for somebody else. Nothing changed. You can start again.',
    ),
  ),
  'link.unlink-confirm': text(['account'], ({ account }) => ({
    kind: 'text',
    text: `Unlink your PayPal account ${account.maskedEmail} from this chat? Cards that you added here go with it. A payment that is under way is completed first.`,
    choices: [
      { title: 'Yes, unlink it', payload: payloadOf('unlink.confirm') },
      { title: 'Keep it', payload: payloadOf('unlink.keep') },
    ],
  })),
  'link.kept': text([], () => plain('Your PayPal account stays linked. Nothing was changed.')),
  'link.unlinking': text([], () =>
    plain(
      "I'm unlinking your PayPal account: nothing new can be sent from it. A payment that is under way is completed first; then I'll tell you that the account is unlinked.",
    ),
  ),
  'link.unlinked': text([], () =>
    plain(
      'Your PayPal account is no longer linked to this chat, and nothing can be sent from here. You can link one again at any time.',
    ),
  ),
  'link.none': text([], () => plain('No PayPal account is linked to this chat, so there is nothing to unlink.')),
};

/** The channel's own log-in button, and the way in a browser. */
export function waysToLink(addresses: Words['linkAddresses']): Button[] {
  return [
    { kind: 'log-in', url: addresses.logIn },
    { kind: 'open', title: 'Link on the web', url: addresses.web },
  ];
}
