import { Me, OtherWorkBody, RepList, StatusBody } from '../contract/desk';
import type { Rep as WireRep } from '../contract/desk';
import { Problem, notFound } from '../problem';
import type { Rep, Store } from '../../store';
import type { DeskDependencies } from './dependencies';
import type { JsonRoutes } from './json-routes';
import { pathPart } from './json-routes';
import { ACTS, READS } from './access/roles';

/** Reps: who they are, whether they take conversations, and how much else they have to do. */
export function declareReps(routes: JsonRoutes, { store }: DeskDependencies): void {
  routes.declare(
    { method: 'get', path: '/api/desk/me', who: READS, summary: 'Whose session this is', answer: Me },
    async ({ rep }) => ({ rep: await repWithLoad(store, rep.repId) }),
  );

  routes.declare(
    { method: 'get', path: '/api/desk/reps', who: READS, summary: 'All reps with their load', answer: RepList },
    async () => ({ reps: (await store.reps.list()).map(wireRep) }),
  );

  routes.declare(
    {
      method: 'put',
      path: '/api/desk/me/status',
      who: ACTS,
      summary: 'Say whether you take conversations',
      body: StatusBody,
      answer: Me,
    },
    async ({ rep, body }) => {
      await store.transaction(async (tx) => {
        await tx.reps.setStatus(rep.repId, body.status);
        await tx.deskEvents.append({ kind: 'rep-status', actor: rep.name, detail: { status: body.status } });
      });
      return { rep: await repWithLoad(store, rep.repId) };
    },
  );

  routes.declare(
    {
      method: 'put',
      path: '/api/desk/reps/:id/other-work',
      who: ACTS,
      summary: "Say how many slots the rep's other channels take",
      body: OtherWorkBody,
      answer: Me,
    },
    async ({ rep, body, request }) => {
      const repId = pathPart(request, 'id');
      if (rep.repId !== repId && rep.role !== 'supervisor') throw NOT_YOURS;
      const whose = await repWithLoad(store, repId);
      await store.transaction(async (tx) => {
        await tx.reps.setOtherWork(repId, body.units);
        await tx.deskEvents.append({ kind: 'rep-load', actor: rep.name, detail: { rep: whose.name } });
      });
      return { rep: await repWithLoad(store, repId) };
    },
  );
}

/** A rep with the load of this moment. @throws Problem 404 for an id that no rep has. */
export async function repWithLoad(store: Store, repId: string): Promise<WireRep> {
  const rep = (await store.reps.list()).find((one) => one.repId === repId);
  if (!rep) throw notFound('There is no such rep.');
  return wireRep(rep);
}

function wireRep({ repId, name, role, status, slots, used, otherWork }: Rep & { used: number }): WireRep {
  return { id: repId, name, role, status, slots, used, otherWork };
}

const NOT_YOURS = new Problem(403, {
  code: 'forbidden',
  title: 'Not allowed',
  detail: "Only a supervisor sets another rep's load.",
});
