import type { AcceptedLink } from '../../../src/domain/chat/results';
import type { Effect, Reply, Respond } from '../turn';
import { say } from '../turn';

/** While the person's own account is frozen no link is made or ended. */
export const offerLink: Respond = (turn) => {
  if (turn.frozen) return { effects: [{ do: 'say-frozen' }] };
  return { effects: [say(turn.linked ? 'link.already' : 'link.offer')] };
};

/** The tap on **Yes, link it**, which ends linking on the web: `<session>:<code>`. */
export function confirmLink(value: string): Reply {
  return { effects: [{ do: 'accept-link', code: value.slice(value.indexOf(':') + 1) }] };
}

export function refuseLink(sessionId: string): Reply {
  return { effects: [{ do: 'refuse-link', sessionId }] };
}

/** "unlink my PayPal": asked back, since cards go with it. */
export const askToUnlink: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [say(turn.linked ? 'link.unlink-confirm' : 'link.none')],
});

/** **Yes, unlink it**. Whatever was being prepared needs an account, and is over. */
export function confirmUnlink(): Reply {
  return { effects: [{ do: 'unlink', by: 'person' }] };
}

export const keepLinked: Respond = (turn) => ({ dialogue: turn.dialogue, effects: [say('link.kept')] });

/** What to say to the answer of `unlink`. What the provider ended twice, or we before it, is no news. */
export function afterUnlink(
  unlinked: 'unlinked' | 'ending' | 'not-linked' | 'frozen',
  by: 'person' | 'provider',
): Effect[] {
  switch (unlinked) {
    case 'unlinked':
      return [say('link.unlinked')];
    case 'ending':
      return [say('link.unlinking')];
    case 'not-linked':
      return by === 'person' ? [say('link.none')] : [];
    case 'frozen':
      return [{ do: 'say-frozen' }];
  }
}

/** An accepted code is bound by the linking workflow, which tells the person itself. */
export function afterAccept(accepted: AcceptedLink): Effect[] {
  return accepted === 'accepted' ? [] : [say('link.code-refused')];
}
