import type { CaseKind } from '../../src/domain/money/cases';
import { CASES, QUESTIONS } from '../../src/domain/money/cases';
import type { Store } from '../../src/store';
import type { Conclusion } from '../money/results';

/** What opens a case. */
export interface Opening {
  kind: CaseKind;
  paymentId?: string;
  /** Tells this happening from others of its kind, so that a repetition opens nothing more. */
  cause: string;
  /** The workflow's time, in milliseconds since the epoch. */
  at: number;
  nextAction?: string;
  detail?: Record<string, unknown>;
}

/** Opens a case with the owner and deadline of its kind, within the caller's transaction; desks are told of a new one. */
export async function openCase(tx: Store, opening: Opening): Promise<{ caseId: string; fresh: boolean }> {
  const { kind, paymentId, cause, at, detail } = opening;
  const { owner, withinMs, nextAction } = CASES[kind];
  const opened = await tx.cases.open({
    source: `${paymentId ?? 'books'}/${kind}/${cause}`,
    kind,
    owner,
    nextAction: opening.nextAction ?? nextAction,
    openedAt: new Date(at),
    deadline: new Date(at + withinMs),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(detail === undefined ? {} : { detail }),
  });
  if (opened.fresh) await tx.deskEvents.append({ kind: 'money-case-opened', detail: { kind, paymentId } });
  return opened;
}

/** Which case a stage of a payment is; an end is none. */
const CASE_OF: Partial<Record<Conclusion['status'], CaseKind>> = {
  'needs-operator': 'unknown',
  held: 'held',
  'in-review': 'in-review',
  unclaimed: 'unclaimed',
};

/** Stages that end with the next one, and so do their cases. */
const ENDED_BY_THE_NEXT: readonly CaseKind[] = ['unknown', 'held', 'in-review', 'unclaimed', 'orphaned', 'sent-back'];

/** The one open case of a payment's stage: whatever was open before it is settled by having come here. */
export async function followCases(tx: Store, conclusion: Conclusion): Promise<void> {
  const { paymentId, status, at, by = 'program', question } = conclusion;
  const kind = CASE_OF[status];
  const asked = question === undefined ? {} : { nextAction: QUESTIONS[question], detail: { question } };
  const opened = kind && (await openCase(tx, { kind, paymentId, at, cause: String(at), ...asked }));
  const settlement = { by, outcome: status, at: new Date(at) };
  await tx.cases.settleOf(paymentId, settlement, ENDED_BY_THE_NEXT, opened?.caseId);
}
