import type { AcceptedLink } from '../../../src/domain/chat/results';
import type { Effect, Reply, Respond } from '../turn';
import { say } from '../turn';

export const offerLink: Respond = (turn) => ({ effects: [say(turn.linked ? 'link.already' : 'link.offer')] });

/** The tap on **Yes, link it**, which ends linking on the web: `<session>:<code>`. */
export function confirmLink(value: string): Reply {
  return { effects: [{ do: 'accept-link', code: value.slice(value.indexOf(':') + 1) }] };
}

export function refuseLink(sessionId: string): Reply {
  return { effects: [{ do: 'refuse-link', sessionId }] };
}

/** An accepted code is bound by the linking workflow, which tells the person itself. */
export function afterAccept(accepted: AcceptedLink): Effect[] {
  return accepted === 'accepted' ? [] : [say('link.code-refused')];
}
