import { temporal } from '@temporalio/proto';
import { DeterminismViolationError } from '@temporalio/workflow';
import { misfitOf, placeIn } from '../../../src/entry/cli/misfit';

const { EventType } = temporal.api.enums.v1;

const HISTORY = {
  events: [
    {
      eventId: 5,
      eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      activityTaskScheduledEventAttributes: { activityType: { name: 'charge' } },
    },
  ],
} as unknown as temporal.api.history.v1.IHistory;

describe('what is said of a history that does not fit', () => {
  test('names the event, what stands there, and the ways out', () => {
    const words =
      'Replay failed with a nondeterminism error. Details: Workflow activation completion failed: Failure { message: "[TMPRL1100] Nondeterminism error: Timer machine does not handle this event: HistoryEvent(id: 5, ActivityTaskScheduled)", source: "", stack_trace: "" }';
    const said = misfitOf(new DeterminismViolationError(words), HISTORY, undefined).join('\n');
    expect(said).toContain('At event 5 of the history: activity task scheduled, charge.');
    expect(said).toContain('Timer machine does not handle this event: HistoryEvent(id: 5, ActivityTaskScheduled)\n');
    expect(said).toContain('patched()');
  });

  test('shows the error of code that fails, which the SDK holds encrypted', () => {
    const said = misfitOf(new Error('Details: Encoded failure'), HISTORY, 'TypeError: broken').join('\n');
    expect(said).toContain('the code fails where it did not fail before');
    expect(said).toContain('TypeError: broken');
    expect(said).not.toContain('Encoded failure');
  });

  test('leaves out the line of bundled code that stands before an error', () => {
    const stack = 'bundle.js:6627\n  throw it;\n  ^\n\nTypeError: broken\n  at takeFromPayer';
    expect(placeIn({ stack_trace: stack })).toBe('TypeError: broken\n  at takeFromPayer');
  });
});
