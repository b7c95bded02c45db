import { ProviderFailure } from '../../src/domain/outcomes';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure } from '../failures';

/** What came of unlinking: done; or as soon as the payments that use the account have been made. */
export type Unlinked = 'unlinked' | 'ending' | 'not-linked' | 'frozen';

/**
 * Ending a link. No payment that has begun its charge is cut off, so that none is half made: the token is deleted last,
 * when the last of them needs it no more.
 */
export function createUnlinking(deps: Pick<Dependencies, 'store' | 'wallet'>): {
  unlinkWallet(request: { personKey: string; by: 'person' | 'provider' }): Promise<Unlinked>;
} {
  const { store } = deps;
  return {
    async unlinkWallet({ personKey, by }): Promise<Unlinked> {
      if (by === 'person' && (await store.safety.isFrozen(personKey))) return 'frozen';
      const wasLinked = await store.transaction(async (tx) => {
        const ending = await tx.links.end(personKey);
        if (ending) await tx.safety.voidCards(personKey, 'unlinked');
        return ending;
      });
      const finished = await finishUnlinking(deps, personKey);
      if (await store.links.isEnding(personKey)) return 'ending';
      return wasLinked || finished ? 'unlinked' : 'not-linked';
    },
  };
}

/**
 * Ends what is ending and no longer needed: first at the provider, then here, so that no consent is left behind. True
 * when something ended. Repeatable.
 */
export async function finishUnlinking(
  { store, wallet }: Pick<Dependencies, 'store' | 'wallet'>,
  personKey: string,
): Promise<boolean> {
  const endable = await store.links.endable(personKey);
  for (const { linkId, since } of endable) {
    await forget(await store.links.token(linkId));
    for (const { sourceId } of await store.sources.addedBefore(personKey, since)) {
      await forget(await store.sources.token(sourceId));
      await store.sources.removed(sourceId);
    }
    await store.links.ended(linkId);
  }
  return endable.length > 0;

  async function forget(token: string | undefined): Promise<void> {
    if (token === undefined) return;
    await wallet.removeVault(token).catch((error: unknown) => {
      // What the provider refuses to delete cannot be deleted by asking again.
      const refused = error instanceof ProviderFailure && error.outcome === 'final';
      if (!refused) throw asApplicationFailure(error);
    });
  }
}

/** Finishes an unlinking that waited for a payment, and tells the person unless they have linked anew since. */
export async function finishWaitingUnlinking(
  deps: Pick<Dependencies, 'store' | 'wallet'>,
  post: Post,
  { payerKey, paymentId }: { payerKey: string; paymentId: string },
): Promise<void> {
  if (!(await finishUnlinking(deps, payerKey)) || (await deps.store.links.active(payerKey))) return;
  const messages = [{ key: 'link.unlinked' as const }];
  await post.say({ personKey: payerKey, cause: `${paymentId}/unlinked`, speaker: 'notice', messages });
}
