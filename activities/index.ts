import { createChatActivities } from './chat';
import { Outbox } from './chat/outbox';
import { Personas } from './chat/personas';
import { Post } from './chat/post';
import { Renderer } from './chat/render';
import type { Dependencies } from './dependencies';
import { createRequestActivities } from './requests';
import { createRepActions } from './handoff/rep-act';
import { createLinkingActivities } from './linking';
import { createUnlinking } from './linking/unlink';
import { createBeginning } from './money/begin';
import { createAftercare } from './aftercare/aftercare';
import { createBooks } from './books/books';
import { createCharge } from './money/charge';
import { createConclusion } from './money/conclude';
import { createDrafts } from './money/draft';
import { createFacts } from './aftercare/facts';
import { createPayout } from './money/payout';
import { createRefund } from './money/refund';
import { createSweep } from './aftercare/sweep';
import { createUnclaimed } from './money/unclaimed';
import { createBlocking } from './safety/block';
import { createFreezing } from './safety/freeze';
import { createSources } from './safety/sources';
import { createStepUps } from './safety/step-up';

export type { Dependencies } from './dependencies';

/** Everything that workflows may ask of the world. The names are the activity types. */
export function createActivities(deps: Dependencies) {
  const outbox = new Outbox(deps, new Personas(deps));
  const post = new Post(deps.store, deps.channel, new Renderer(deps), outbox);
  const beginning = createBeginning(deps);
  return {
    ...createChatActivities(deps, outbox, post),
    ...createRepActions(deps, outbox, post),
    ...createLinkingActivities(deps, post),
    ...createUnlinking(deps),
    ...createDrafts(deps),
    ...beginning,
    ...createStepUps(deps, post, (request) => beginning.beginPayment(request)),
    ...createFreezing(deps),
    ...createBlocking(deps),
    ...createSources(deps),
    ...createCharge(deps),
    ...createPayout(deps),
    ...createRefund(deps),
    ...createConclusion(deps, post),
    ...createUnclaimed(deps, post),
    ...createFacts(deps),
    ...createAftercare(deps),
    ...createSweep(deps),
    ...createBooks(deps),
    ...createRequestActivities(deps, post),
  };
}

/** The activities as workflows see them. */
export type Activities = ReturnType<typeof createActivities>;
