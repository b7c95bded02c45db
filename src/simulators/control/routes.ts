import express from 'express';
import type { Router } from 'express';
import { z } from 'zod';
import { durationMs } from './clock';
import type { SimulatedClock } from './clock';
import type { FaultList } from './faults';
import { loopbackOnly } from './guard';
import { isoToMicros } from './journal';
import type { Journal } from './journal';
import { answerInvalid } from './validation';

/** A fault may hold a call for ten minutes at most: longer than any client waits. */
const LONGEST_DELAY_MS = 600_000;

const clockBody = z.strictObject({
  advance: z.string().refine((iso) => durationMs(iso) !== undefined, 'an ISO 8601 duration such as PT25H or P30D'),
});

const requestsQuery = z.object({
  since: z
    .string()
    .refine((iso) => isoToMicros(iso) !== undefined, 'an ISO 8601 time such as 2026-01-31T10:00:00.000Z')
    .optional(),
});

const faultBody = <E>(error: z.ZodType<E>) =>
  z
    .strictObject({
      on: z.strictObject({
        method: z.string().optional(),
        path: z.string().optional(),
        psid: z.string().optional(),
        headers: z.record(z.string(), z.string()).optional(),
        to: z.literal('webhook').optional(),
      }),
      do: z
        .strictObject({
          status: z.int().min(200).max(599).optional(),
          error: error.optional(),
          delayMs: z.int().min(0).max(LONGEST_DELAY_MS).optional(),
          dropRequest: z.boolean().optional(),
          dropResponse: z.boolean().optional(),
          duplicate: z.boolean().optional(),
          shuffle: z.boolean().optional(),
        })
        .refine((effect) => Object.keys(effect).length > 0, 'says nothing to do'),
      times: z.int().positive().optional(),
      rate: z.number().min(0).max(1).optional(),
      seed: z.int().optional(),
    })
    .refine((fault) => fault.times === undefined || fault.rate === undefined, 'give times or rate, not both');

/**
 * The controls that both simulators share, loopback only: `/_sim/faults`, `/_sim/requests` and `/_sim/clock`.
 * `errorShape` is what `do.error` looks like in the provider's terms; `clockMoved` runs (and may persist) before the
 * answer leaves. Bad input is answered 400 with one line for every wrong field.
 */
export function controlRoutes<E>(options: {
  clock: SimulatedClock;
  faults: FaultList<E>;
  journal: Journal;
  errorShape: z.ZodType<E>;
  clockMoved: (nowMs: number) => Promise<void>;
}): Router {
  const { clock, faults, journal, errorShape, clockMoved } = options;
  const faultShape = faultBody(errorShape);
  const routes = express.Router();
  routes.use('/_sim', loopbackOnly, express.json({ limit: '8mb' }));

  routes.post('/_sim/faults', (req, res) => {
    const fault = faultShape.safeParse(req.body);
    if (!fault.success) return answerInvalid(res, fault.error);
    res.status(201).json({ id: faults.add(fault.data) });
  });
  routes.get('/_sim/faults', (_req, res) => {
    res.json({ faults: faults.list() });
  });
  routes.delete('/_sim/faults', (_req, res) => {
    faults.clear();
    res.status(204).end();
  });
  routes.delete('/_sim/faults/:id', (req, res) => {
    if (faults.remove(req.params.id)) res.status(204).end();
    else res.status(404).json({ message: `no fault ${req.params.id}` });
  });

  routes.get('/_sim/requests', (req, res) => {
    const query = requestsQuery.safeParse(req.query);
    if (!query.success) return answerInvalid(res, query.error);
    const { since } = query.data;
    res.json({ requests: journal.since(since === undefined ? undefined : isoToMicros(since)) });
  });

  routes.get('/_sim/clock', (_req, res) => {
    res.json({ now: new Date(clock.now()).toISOString() });
  });
  routes.post('/_sim/clock', async (req, res) => {
    const body = clockBody.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const now = clock.advance(body.data.advance);
    await clockMoved(now);
    res.json({ now: new Date(now).toISOString() });
  });
  return routes;
}
