import { condition, log, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import type { AccountLinkInput, AccountLinkResult } from './messages/account-link';
import { abortSignal, confirmInChatSignal, linkedSignal } from './messages/account-link';
import { step } from './proxies';
import { transition } from './transition';

const identify = step('identifyAtWallet', 'Read who logged in, and begin the approval');
const bind = step('bindLink', 'Keep the consent, bind it to the person and tell them');
const askInChat = step('askToConfirmLink', 'Ask in the chat whether to link');
const close = step('closeLink', 'Record that nothing was linked and tell the person');

/** From the login to the link: shorter than PayPal remembers a setup token's key, longer than anybody needs. */
const LINK_WITHIN = '1 hour';

/** Links a wallet: who logged in, the approval, and then the proof from the channel that the person holds the code. */
export async function accountLink(input: AccountLinkInput): Promise<AccountLinkResult> {
  const { sessionId, personKey } = input;
  let proven = false;
  let aborted: 'not-me' | 'cancelled' | undefined;
  let codeToAsk: string | undefined;
  setHandler(linkedSignal, () => void (proven = true));
  setHandler(abortSignal, ({ why }) => void (aborted = why));
  setHandler(confirmInChatSignal, ({ code }) => void (codeToAsk = code));
  setDefaultSignalHandler((name) => log.warn('a signal that linking does not know', { name }));

  transition({ details: 'Reading who logged in' });
  const identified = await identify(input);
  if (identified === 'refused') return { end: 'refused' };

  transition({ details: 'Waiting for the approval and for the proof from the channel' });
  const decided = (): boolean => proven || aborted !== undefined;
  const expiry = condition(decided, LINK_WITHIN, { summary: 'Until linking is given up' });
  await Promise.race([expiry, condition(() => decided() || codeToAsk !== undefined)]);
  if (codeToAsk !== undefined && !decided()) await askInChat({ sessionId, personKey, code: codeToAsk });
  await expiry;

  if (proven) {
    transition({ details: 'Binding the wallet to the person' });
    const end = await bind({ sessionId, personKey });
    return { end };
  }
  const end = aborted === undefined ? 'expired' : 'abandoned';
  transition({ details: `Ended: ${end}` });
  await close({ sessionId, personKey, end });
  return { end };
}
