import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../state/api';
import type { ExchangeView, MessageView } from '../state/model';
import { attempt } from '../state/start';
import { inspected } from '../state/store';

/** "The application should answer a webhook within five seconds": what takes longer is marked. Milliseconds. */
const TARGET_MS = 5000;

/** The drawer that shows the HTTP behind a message: the Send API call, and the webhooks that told of it. */
export function Drawer() {
  const target = inspected.value;
  if (target === undefined) return null;
  return <Opened key={target.message.mid} psid={target.psid} message={target.message} />;
}

function Opened({ psid, message }: { psid: string; message: MessageView }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [exchanges, setExchanges] = useState<readonly ExchangeView[]>();
  useEffect(() => {
    dialog.current?.showModal();
    void attempt(() => api.wire(psid, message.mid)).then(setExchanges);
  }, [psid, message.mid]);
  const close = (): void => {
    inspected.value = undefined;
  };
  return (
    <dialog ref={dialog} class="drawer" aria-labelledby="behind" onClose={close}>
      <div class="drawer-top">
        <h2 id="behind">Behind this message</h2>
        <button type="button" class="quiet" onClick={close}>
          Close
        </button>
      </div>
      <dl class="marks">
        <Mark name="Sent" at={message.at} />
        <Mark name="Delivered" at={message.deliveredAt} />
        <Mark name="Read" at={message.readAt} />
      </dl>
      {exchanges?.length === 0 && <p>Nothing went over the wire for this message yet.</p>}
      {exchanges?.map((exchange) => (
        <Exchange key={exchange.at + exchange.url} exchange={exchange} />
      ))}
    </dialog>
  );
}

function Mark({ name, at }: { name: string; at: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{at === undefined ? 'not yet' : new Date(at).toLocaleTimeString()}</dd>
    </div>
  );
}

function Exchange({ exchange }: { exchange: ExchangeView }) {
  const { method, url, status, requestBody, responseBody = '', tookMs } = exchange;
  const isSendApi = !url.startsWith('http');
  return (
    <section class="exchange">
      <h3>{isSendApi ? 'Send API call of the application' : 'Webhook to the application'}</h3>
      <p class="exchange-line">
        <code>
          {method} {url}
        </code>
      </p>
      <p>
        <span class={status === 200 ? 'ok' : 'failed'}>{status ?? 'no answer'}</span>
        {tookMs !== undefined && ` in ${tookMs} ms`}
        {(tookMs ?? 0) > TARGET_MS && ' (slower than the five seconds the platform asks for)'}
      </p>
      <Body name="Request" text={requestBody} />
      {responseBody !== '' && <Body name="Answer" text={responseBody} />}
    </section>
  );
}

function Body({ name, text }: { name: string; text: string }) {
  return (
    <details open={name === 'Request'}>
      <summary>{name}</summary>
      <pre tabIndex={0} aria-label={name}>
        {readable(text)}
      </pre>
    </details>
  );
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
