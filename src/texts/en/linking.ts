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
    text: "To send money, link your PayPal account first. You log in on PayPal's own page; this chat never sees your password.",
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
  'link.unlinked': text([], () => plain('Your PayPal account is no longer linked to this chat.')),
};

function waysToLink(addresses: Words['linkAddresses']): Button[] {
  return [
    { kind: 'log-in', url: addresses.logIn },
    { kind: 'open', title: 'Link on the web', url: addresses.web },
  ];
}
