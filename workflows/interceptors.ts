import { AsyncLocalStorage } from '@temporalio/workflow';
import type { Headers, WorkflowInterceptors } from '@temporalio/workflow';

/** Under this name the client and the activities' worker write and read a trace. */
const TRACE_HEADER = '_tracer-data';

/**
 * Carries the trace of what came in to what goes out: a start, a signal or an Update brings it, the activities that
 * follow take it along. An Update's activities get exactly its own; the main flow works off what signals put aside, so
 * it gets the trace of the latest one. Copies one header and knows nothing of tracing, so nothing of it enters the
 * sandbox.
 */
export function interceptors(): WorkflowInterceptors {
  const ofUpdate = new AsyncLocalStorage<Headers>();
  let latest: Headers = {};

  const withTrace = <Input extends { headers: Headers }>(input: Input): Input => ({
    ...input,
    headers: { ...input.headers, ...(ofUpdate.getStore() ?? latest) },
  });

  return {
    inbound: [
      {
        execute(input, next) {
          latest = traceOf(input.headers);
          return next(input);
        },
        handleSignal(input, next) {
          latest = traceOf(input.headers);
          return next(input);
        },
        handleUpdate: (input, next) => ofUpdate.run(traceOf(input.headers), () => next(input)),
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withTrace(input)),
        scheduleLocalActivity: (input, next) => next(withTrace(input)),
        startChildWorkflowExecution: (input, next) => next(withTrace(input)),
        continueAsNew: (input, next) => next(withTrace(input)),
      },
    ],
  };
}

function traceOf(headers: Headers): Headers {
  const trace = headers[TRACE_HEADER];
  return trace === undefined ? {} : { [TRACE_HEADER]: trace };
}
