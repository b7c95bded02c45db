import type { ActionAnswer } from '../../api/contract/actions';
import type { ConversationList, ListState } from '../../api/contract/conversation';
import type { Draft, Me, RepList } from '../../api/contract/desk';
import type { ConversationDetail } from '../../api/contract/detail';
import type { RepStatus, Role } from '../../api/contract/vocabulary';
import { ask } from './request';

/** Actions on a conversation by their name in the path. */
export type ActionKind = 'claim' | 'reply' | 'note' | 'release' | 'return-to-bot' | 'transfer' | 'snooze' | 'resolve';

/** The desk's REST, one function per route. Each rejects with `NotDone`. */
export const calls = {
  me: () => ask<Me>('GET', '/me'),
  signIn: (name: string, role: Role) => ask<Me>('POST', '/dev-login', { name, role }),
  signOut: () => ask<void>('POST', '/sign-out', {}),
  reps: () => ask<RepList>('GET', '/reps'),
  setStatus: (status: RepStatus) => ask<Me>('PUT', '/me/status', { status }),
  setOtherWork: (repId: string, units: number) => ask<Me>('PUT', `/reps/${repId}/other-work`, { units }),
  list: (state: ListState) => ask<ConversationList>('GET', `/conversations?state=${state}`),
  conversation: (id: string) => ask<ConversationDetail>('GET', one(id)),
  draft: (id: string) => ask<Draft>('GET', `${one(id)}/draft`),
  keepDraft: (id: string, text: string) => ask<void>('PUT', `${one(id)}/draft`, { text }),
  act: (id: string, kind: ActionKind, body: { actionId: string; [field: string]: unknown }) =>
    ask<ActionAnswer>('POST', `${one(id)}/${kind}`, body),
};

function one(id: string): string {
  return `/conversations/${encodeURIComponent(id)}`;
}
