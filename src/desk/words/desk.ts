import type { RepStatus, Role } from '../../api/contract/vocabulary';

export const ROLES: Record<Role, string> = {
  rep: 'Rep',
  supervisor: 'Supervisor',
  operator: 'Operator (reads)',
  auditor: 'Auditor (reads)',
};

export const STATUSES: Record<RepStatus, string> = {
  available: 'Available',
  finishing: 'Finishing up',
  away: 'Away',
};

/** What a status means for new conversations. */
export const STATUS_MEANS: Record<RepStatus, string> = {
  available: 'New conversations and transfers',
  finishing: 'Transfers only',
  away: 'Nothing new',
};
