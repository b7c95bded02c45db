/**
 * What can stand behind a button, quick reply or menu item of ours. The payload travels through the channel and back, so
 * it holds ids and never an amount, a name or a promise: what a tap does is decided by our own record of that id.
 */
export const ACTIONS = [
  'start',
  'menu.send',
  'menu.request',
  'menu.payments',
  'menu.help',
  'payment.confirm',
  'payment.change',
  'payment.cancel',
  'payment.undo',
  'change.source',
  'source.add',
  'source.remove',
  'source.default',
  'payee.choose',
  'payer.choose',
  'request.confirm',
  'request.drop',
  'request.status',
  'request.remind',
  'request.cancel',
  'request.send-back',
  'share.accept',
  'share.decline',
  'password.worked',
  'password.failed',
  'human.request',
  'cancel.payment',
  'cancel.queue',
  'link.confirm',
  'link.refuse',
  'link.start',
  'unlink.confirm',
  'block.payer',
  'block.requester',
  'unlink.keep',
] as const;

export type Action = (typeof ACTIONS)[number];

/** Payload of a button: the action, and the id of what it acts on where it needs one. */
export function payloadOf(action: Action, id?: string): string {
  return id === undefined ? action : `${action}:${id}`;
}

/** Reads a payload back. `undefined` for anything that is not ours (old buttons, other applications, forgeries). */
export function readPayload(payload: string): { action: Action; id?: string } | undefined {
  const colon = payload.indexOf(':');
  const name = colon < 0 ? payload : payload.slice(0, colon);
  const action = ACTIONS.find((known) => known === name);
  if (!action) return undefined;
  return colon < 0 ? { action } : { action, id: payload.slice(colon + 1) };
}
