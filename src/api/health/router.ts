import { Router } from 'express';
import type { Metrics } from '../../observability';
import type { Store } from '../../store';
import type { Gateway } from '../../temporal/gateway';

/**
 * For operators and load balancers. Live: the process answers. Ready: database, Temporal and a polling worker, so that
 * what is accepted is also worked on.
 */
export function healthRoutes({
  store,
  gateway,
  metrics,
}: {
  store: Store;
  gateway: Gateway;
  metrics: Metrics;
}): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => {
    response.json({ live: true });
  });
  router.get('/health/ready', async (_request, response) => {
    const [database, temporal] = await Promise.all([answers(() => store.ping()), gateway.ready()]);
    const parts = { database, temporal: temporal.temporal, workers: temporal.workers };
    response.status(Object.values(parts).every(Boolean) ? 200 : 503).json(parts);
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}

/** A failing look is the answer here: what it failed with is in the log of whoever else uses the database. */
async function answers(look: () => Promise<void>): Promise<boolean> {
  return look().then(
    () => true,
    () => false,
  );
}
