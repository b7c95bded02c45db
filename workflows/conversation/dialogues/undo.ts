import type { UndonePayment } from '../../../src/domain/chat/results';
import type { Effect, Reply, Turn } from '../turn';
import { say } from '../turn';

/** **Undo** on a payment that nobody has claimed. */
export function undoPayment(turn: Turn, paymentId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'undo-payment', paymentId }] };
}

/** What to say to the answer to `undo-payment`; how it ends the payment tells by itself. */
export function afterUndo(undone: UndonePayment, paymentId: string): Effect[] {
  switch (undone) {
    case 'undoing':
      return [say('payment.undoing', { paymentId })];
    case 'too-late':
      return [say('payment.too-late-to-cancel', { paymentId })];
    case 'void':
      return [say('payment.card-replaced')];
  }
}
