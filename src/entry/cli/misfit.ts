import { temporal } from '@temporalio/proto';
import { DeterminismViolationError } from '@temporalio/workflow';

type History = temporal.api.history.v1.IHistory;

/**
 * What makes an operator find the place: where in the history, what stands there, what the code does instead. `thrown`
 * is the error that the workflow's code failed with, where it did; the SDK's own words hold it encrypted.
 */
export function misfitOf(error: Error, history: History, thrown: string | undefined): string[] {
  const details = detailsIn(error.message);
  if (!(error instanceof DeterminismViolationError))
    return ['It does not fit: the code fails where it did not fail before.', `  ${thrown ?? details}`];
  const [, event] = /\bid: (\d+)/.exec(details) ?? [];
  return [
    'It does not fit: the code as it is now would decide otherwise than the run did.',
    ...(event === undefined ? [] : [`  At event ${event} of the history: ${nameOf(Number(event), history)}.`]),
    `  ${details}`,
    'Put the change behind patched(), or leave the run to the build that it began on.',
  ];
}

/** The SDK wraps what it found in sentences of its own, and in the print of an object. */
function detailsIn(message: string): string {
  const [, details = message] = /Details: ([\s\S]*)$/.exec(message) ?? [];
  return details
    .replace(/^.*?Nondeterminism error: /s, '')
    .replace(/", source: "[\s\S]*$/, '')
    .trim();
}

/** Of a failure's stack the error and where it was thrown, without the line of bundled code that comes before. */
export function placeIn({ stack_trace: stack }: { stack_trace?: string }): string | undefined {
  return stack?.split('\n\n').at(-1);
}

function nameOf(eventId: number, { events }: History): string {
  const event = events?.find((one) => Number(one.eventId) === eventId);
  const type = temporal.api.enums.v1.EventType[event?.eventType ?? 0] ?? '';
  const activity = event?.activityTaskScheduledEventAttributes?.activityType?.name;
  return `${type.replace('EVENT_TYPE_', '').toLowerCase().replaceAll('_', ' ')}${activity ? `, ${activity}` : ''}`;
}
