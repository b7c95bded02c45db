import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { EventType } = temporal.api.enums.v1;

/** What a stretch of a run costs. */
export interface Cost {
  actions: number;
  events: number;
}

/** Events that are one billable Action each (Temporal, "Actions"). */
const ACTION_EVENTS: ReadonlySet<number> = new Set([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
  EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
]);

/**
 * Counts a run's events and Actions after an event id. A signal that starts the run is one Action together with the
 * start; all markers of one workflow task are one; each further attempt of an activity is one.
 */
export async function costOf(
  client: Client,
  workflowId: string,
  afterEvent = 0,
): Promise<Cost & { lastEvent: number }> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  const all = events ?? [];
  const counted = all.filter((event) => Number(event.eventId) > afterEvent);
  const markers = new Set<number>();
  let actions = 0;
  for (const event of counted) {
    if (ACTION_EVENTS.has(event.eventType ?? 0)) actions += 1;
    const marker = event.markerRecordedEventAttributes;
    if (marker) markers.add(Number(marker.workflowTaskCompletedEventId));
    if (event.workflowExecutionSignaledEventAttributes && Number(event.eventId) !== STARTING_SIGNAL) actions += 1;
    const attempt = event.activityTaskStartedEventAttributes?.attempt ?? 1;
    actions += attempt - 1;
  }
  return { actions: actions + markers.size, events: counted.length, lastEvent: Number(all.at(-1)?.eventId ?? 0) };
}

/** In a run begun by signalWithStart the signal is the second event. */
const STARTING_SIGNAL = 2;
