import { listOf, textOf } from './card-model';

type Raw = Readonly<Record<string, unknown>>;

/** Lines of a receipt's summary, as they are called on it. */
const SUMMARY: readonly (readonly [string, string])[] = [
  ['subtotal', 'Subtotal'],
  ['shipping_cost', 'Shipping'],
  ['total_tax', 'Tax'],
];

/** A receipt template. */
export function Receipt({ receipt }: { receipt: Raw }) {
  const currency = textOf(receipt['currency']) ?? 'USD';
  const money = (value: unknown): string => moneyOf(value, currency);
  const summary = (receipt['summary'] ?? {}) as Raw;
  const address = receipt['address'] as Raw | undefined;
  return (
    <div class="card receipt">
      <div class="card-text">
        <p class="card-title">Receipt from {textOf(receipt['merchant_name']) ?? 'the page'}</p>
        <p>
          For {textOf(receipt['recipient_name'])} · no. {textOf(receipt['order_number'])}
        </p>
      </div>
      <dl>
        {listOf(receipt['elements']).map((element, index) => (
          <Line
            key={index}
            name={itemName(element)}
            detail={textOf(element['subtitle'])}
            amount={money(element['price'])}
          />
        ))}
        {SUMMARY.filter(([key]) => summary[key] !== undefined).map(([key, name]) => (
          <Line key={key} name={name} amount={money(summary[key])} />
        ))}
        {listOf(receipt['adjustments']).map((adjustment, index) => (
          <Line
            key={index}
            name={textOf(adjustment['name']) ?? 'Adjustment'}
            amount={`−${money(adjustment['amount'])}`}
          />
        ))}
        <Line name="Total" amount={money(summary['total_cost'])} strong />
      </dl>
      <p class="card-text">
        Paid with {textOf(receipt['payment_method'])}
        {address !== undefined && ` · sent to ${addressLine(address)}`}
      </p>
    </div>
  );
}

function Line({ name, detail, amount, strong }: { name: string; detail?: string; amount: string; strong?: boolean }) {
  return (
    <div class={strong ? 'line total' : 'line'}>
      <dt>
        {name}
        {detail !== undefined && <span class="detail">{detail}</span>}
      </dt>
      <dd>{amount}</dd>
    </div>
  );
}

function itemName(element: Raw): string {
  const quantity = textOf(element['quantity']);
  const title = textOf(element['title']) ?? '';
  return quantity === undefined || quantity === '1' ? title : `${quantity} × ${title}`;
}

function addressLine(address: Raw): string {
  return ['street_1', 'street_2', 'city', 'state', 'postal_code', 'country']
    .flatMap((key) => textOf(address[key]) ?? [])
    .join(', ');
}

function moneyOf(value: unknown, currency: string): string {
  return Number(value).toLocaleString('en-US', { style: 'currency', currency });
}
