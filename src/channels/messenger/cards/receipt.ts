import type { Card } from '../../../domain/chat/channel';
import type { Money } from '../../../domain/money/amounts';
import { toDecimal } from '../../../domain/money/amounts';
import { LIMITS, atMost, beyond, within } from '../limits';
import { cutTitle } from './words';

type Receipt = Extract<Card, { kind: 'receipt' }>;

/** The receipt template (Messenger's reference of it): one currency, amounts as numbers, its time in seconds. */
export function receiptTemplate(receipt: Receipt): object {
  const { recipientName, merchantName, orderNumber, paymentMethod, at, total } = receipt;
  const lines = atMost(receipt.lines, LIMITS.receiptLines, 'lines of a receipt');
  return {
    template_type: 'receipt',
    recipient_name: within(recipientName, Infinity, 'name of the recipient'),
    ...(merchantName === undefined ? {} : { merchant_name: merchantName }),
    order_number: within(orderNumber, Infinity, 'order number'),
    currency: total.currency,
    payment_method: within(paymentMethod, Infinity, 'payment method'),
    timestamp: String(Math.floor(at / 1000)),
    ...(lines.length === 0 ? {} : { elements: lines.map((line) => elementOf(line, total)) }),
    summary: { total_cost: amountOf(total) },
  };
}

function elementOf(line: Receipt['lines'][number], total: Money): object {
  if (line.price.currency !== total.currency) throw beyond('one currency in a receipt');
  return {
    title: cutTitle(within(line.title, Infinity, 'title of a line'), LIMITS.elementText),
    ...(line.subtitle === undefined ? {} : { subtitle: cutTitle(line.subtitle, LIMITS.elementText) }),
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    price: amountOf(line.price),
    currency: line.price.currency,
  };
}

/** Messenger takes a JSON number; every amount that the limits allow has an exact shortest decimal form. */
function amountOf(money: Money): number {
  return Number(toDecimal(money));
}
