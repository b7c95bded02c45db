import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Loaded by path, inside the workflows' sandbox too. Messages and stacks of failures travel as a payload, so that the
 * codec encrypts them; the type of a failure stays readable.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
