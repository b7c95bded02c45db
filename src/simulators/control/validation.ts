import type { Response } from 'express';
import type { z } from 'zod';

/** Answers a control call that makes no sense: 400 with one line for every wrong field. */
export function answerInvalid(res: Response, error: z.ZodError): void {
  const problems = error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  res.status(400).json({ message: 'The request makes no sense to the simulator.', problems });
}
