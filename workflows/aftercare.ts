import { CancellationScope, condition, setHandler } from '@temporalio/workflow';
import type { Facts } from '../activities/money/results';
import type { CaseKind } from '../src/domain/money/cases';
import type { Proof, Verdict } from '../src/domain/money/verdicts';
import type { Payout } from '../src/domain/money/wallet';
import type { WalletEvent } from '../src/domain/money/wallet-events';
import type { AftercareInput, AftercareNews } from './messages/aftercare';
import { foundSignal } from './messages/aftercare';
import type { PaymentStatus } from './messages/payment';
import { findOutWhetherTaken } from './payment/charging';
import { giveBackToPayer } from './payment/giving-back';
import { MoneyRun } from './payment/money-run';
import { payToPayee } from './payment/paying-out';
import { step } from './proxies';
import { transition } from './transition';

const findFacts = step('findFacts', 'Read what is proven about the payment');
const openCase = step('openMoneyCase', 'Open a case with an owner and a deadline');
const settleCases = step('settleMoneyCases', 'Settle the case');
const recordLoss = step('recordLoss', 'Book what the platform bears');

/** Cases that wait for an operator, and what settles each. */
const SETTLED_BY = { reversed: 'loss-accepted', disputed: 'dispute-closed', break: 'break-explained' } as const;
type Waiting = keyof typeof SETTLED_BY;

/**
 * Whatever happens to a payment whose own workflow has ended: the payee sends it back, the provider takes it back,
 * somebody disputes it, an operator ended it too early. What facts can settle is settled by them; the rest is owned by
 * operators, and this runs for as long as anything is open.
 */
export async function aftercare(input: AftercareInput): Promise<void> {
  const run = new AftercareRun(input).listen();
  return CancellationScope.nonCancellable(() => run.toTheEnd());
}

class AftercareRun extends MoneyRun {
  private readonly inbox: AftercareNews[] = [];
  private readonly waiting = new Set<Waiting>();
  private readonly caseVerdicts: Verdict[] = [];
  private finishing = false;

  constructor(private readonly input: AftercareInput) {
    // A difference that belongs to no payment has nothing that could be moved.
    super(input.payment ?? { paymentId: input.subject, amount: { minor: 0, currency: 'USD' } }, 'paid');
  }

  override listen(): this {
    setHandler(foundSignal, (found) => void this.inbox.push(found));
    return super.listen();
  }

  async toTheEnd(): Promise<void> {
    for (;;) {
      await condition(() => this.inbox.length + this.caseVerdicts.length > 0 || this.waiting.size === 0);
      const news = this.inbox.shift();
      const verdict = this.caseVerdicts.shift();
      if (news) await this.lookAfter(news);
      if (verdict) await this.settleBy(verdict);
      if (!news && !verdict) return;
    }
  }

  private async lookAfter(news: AftercareNews): Promise<void> {
    transition({ details: `Looks after what happened: ${news.kind}` });
    switch (news.kind) {
      case 'orphaned':
        return this.finish(await findFacts(this.step()));
      case 'break':
        return void this.waiting.add('break');
      case 'payout':
        return this.payoutChanged(news.payout, await findFacts(this.step()));
      case 'charge-returned':
        return this.chargeReturned(news, await findFacts(this.step()));
      case 'dispute':
        return this.disputed(news);
      default:
        return;
    }
  }

  /** Brings a payment to its end that its workflow left open. Nothing is begun that was not begun before. */
  private async finish(facts: Facts): Promise<void> {
    if (facts.ended) return;
    this.finishing = true;
    if (facts.refundIntended) await this.giveBack('stopped');
    else if (!facts.chargeIntended) await this.conclude('cancelled', { reason: 'stopped' });
    else if (facts.captured) await this.finishCaptured(facts);
    else {
      const taken = await findOutWhetherTaken(this);
      if (taken.state === 'declined') await this.conclude('declined', { reason: taken.reason });
      else await this.finishCaptured(facts);
    }
    this.finishing = false;
  }

  /** What may have been paid out is looked up under its old key; what certainly was not goes back. */
  private async finishCaptured({ payoutIntended }: Facts): Promise<void> {
    if (!payoutIntended) return this.giveBack('stopped');
    this.show('paying-out', 'Looking for the payout');
    const payout = await payToPayee(this);
    if (payout.state === 'paid') return this.conclude('paid', { payout });
    return this.giveBack(this.cancelWish ? 'undone' : 'stopped', payout);
  }

  private async payoutChanged(payout: Payout, facts: Facts): Promise<void> {
    const cameBack = payout.state === 'reversed' || payout.state === 'returned' || payout.state === 'failed';
    if (cameBack && facts.paidOut) return this.sentBack(payout, facts);
    if (payout.state === 'paid' && facts.refunded) await this.open('break', 'paid-and-refunded');
  }

  private async sentBack(payout: Payout, facts: Facts): Promise<void> {
    if (!facts.reversed) {
      await openCase({ ...this.subject(), kind: 'sent-back', cause: payout.batchId, at: Date.now() });
      return this.giveBack('sent-back', payout);
    }
    // The payer has it already, because the provider took it from us: with this we have no loss any more.
    await this.conclude('reversed', { payout });
    await this.close('reversed', 'program', 'the payee sent it back');
  }

  private async giveBack(reason: string, payout?: Payout): Promise<void> {
    const { reversed } = await giveBackToPayer(this);
    await this.conclude('refunded', { payout, reversed, reason: reversed ? 'reversed' : reason });
  }

  private async chargeReturned({ by, captureId }: ChargeReturned, facts: Facts): Promise<void> {
    const ours = by === 'refund' && facts.refundIntended;
    if (ours || facts.reversed) return;
    if (!facts.captured || facts.refunded) return this.open('break', `returned-twice-${captureId}`);
    await this.conclude('reversed', { reversed: true });
    if (facts.paidOut) await this.open('reversed', captureId);
  }

  private async disputed({ disputeId, state }: Extract<WalletEvent, { kind: 'dispute' }>): Promise<void> {
    if (state === 'resolved') await this.close('disputed', 'program', 'resolved by the provider');
    else await this.open('disputed', disputeId);
  }

  private async settleBy({ proven, operator, evidence }: Verdict): Promise<void> {
    const kind = (Object.keys(SETTLED_BY) as Waiting[]).find((waiting) => SETTLED_BY[waiting] === proven);
    if (!kind) return;
    if (kind === 'reversed') await recordLoss(this.step());
    await this.close(kind, operator, `${proven}: ${evidence}`);
  }

  private async open(kind: Waiting, cause: string): Promise<void> {
    this.waiting.add(kind);
    transition({ details: `Waits for an operator: ${kind}`, waitingOn: 'operator' });
    await openCase({ ...this.subject(), kind, cause, at: Date.now() });
  }

  private async close(kind: Waiting, by: string, outcome: string): Promise<void> {
    const { subject, payment } = this.input;
    const of = payment ? { paymentId: payment.paymentId, kinds: [kind] as CaseKind[] } : { caseId: subject };
    await settleCases({ of, by, outcome, at: Date.now() });
    this.waiting.delete(kind);
    transition({ details: `Settled by ${by}`, waitingOn: 'nobody' });
  }

  private subject(): { paymentId?: string } {
    return this.input.payment ? { paymentId: this.input.payment.paymentId } : {};
  }

  protected override openProofs(): readonly Proof[] {
    return [...super.openProofs(), ...[...this.waiting].map((kind) => SETTLED_BY[kind])];
  }

  protected override settle(verdict: Verdict): PaymentStatus {
    const ofCase = [...this.waiting].some((kind) => SETTLED_BY[kind] === verdict.proven);
    if (!ofCase) return super.settle(verdict);
    this.caseVerdicts.push(verdict);
    return this.status;
  }

  protected override mayBeCancelled(): boolean {
    return this.finishing && super.mayBeCancelled();
  }

  /** While a payment is being finished the provider speaks to that; everything else is looked after in its turn. */
  protected override hear(event: WalletEvent): void {
    if (this.finishing && event.kind !== 'dispute') super.hear(event);
    else this.inbox.push(event);
  }
}

type ChargeReturned = Extract<WalletEvent, { kind: 'charge-returned' }>;
