import type { ProblemBody } from '../../api/contract/problem';
import { age } from './time';

/** Why an action was not done, as one would say it to a colleague. */
export function refusalWords(
  { code, detail, owner, since }: Pick<ProblemBody, 'code' | 'detail' | 'owner' | 'since'>,
  person = 'this conversation',
): string {
  const who = owner?.kind === 'rep' ? owner.rep?.name : undefined;
  const ago = since ? ` ${age(Date.now() - Date.parse(since))} ago` : '';
  switch (code) {
    case 'already_claimed':
      return who ? `${who} took ${person}${ago}.` : `Somebody else took ${person}.`;
    case 'not_owner':
      return who ? `${who} has ${person} now.` : 'The conversation is not yours any more.';
    case 'over_capacity':
      return 'All slots are in use. Finish a conversation first.';
    case 'not_available':
      return 'Not while the status is Away or Finishing up.';
    case 'closed':
      return 'The conversation is closed.';
    case 'no_answer':
    case 'offline':
      return `${detail} It may have been done; pressing again is safe.`;
    default:
      return detail;
  }
}
