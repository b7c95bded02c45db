import { temporal } from '@temporalio/proto';
import { DeterminismViolationError } from '@temporalio/workflow';

type History = temporal.api.history.v1.IHistory;

/** What makes an operator find the place: where in the history, what stands there, what the code does instead. */
export function misfitOf(error: Error, history: History): string[] {
  const details = detailsIn(error.message);
  if (!(error instanceof DeterminismViolationError))
    return ['It does not fit: the code fails where it did not fail before.', `  ${details}`];
  const event = eventIn(details);
  return [
    'It does not fit: the code as it is now would decide otherwise than the run did.',
    ...(event === undefined ? [] : [`  At event ${event} of the history: ${nameOf(event, history)}.`]),
    `  ${details}`,
    'Put the change behind patched(), or leave the run to the build that it began on.',
  ];
}

/** The SDK wraps what it found in sentences of its own. */
function detailsIn(message: string): string {
  const [, details = message] = /Details: ([\s\S]*)$/.exec(message) ?? [];
  return details.replace(/^.*?Nondeterminism error: /s, '').trim();
}

function eventIn(details: string): number | undefined {
  const [, id] = /\bid: (\d+)|HistoryEvent\(id: (\d+)/.exec(details) ?? [];
  return id === undefined ? undefined : Number(id);
}

function nameOf(eventId: number, { events }: History): string {
  const event = events?.find((one) => Number(one.eventId) === eventId);
  const type = event?.eventType;
  return type === undefined || type === null ? 'unknown' : (temporal.api.enums.v1.EventType[type] ?? String(type));
}
