import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { unlessRefused } from '../failures';
import { endConsent, forgetCard } from '../safety/forget-card';

type Unlinking = Pick<Dependencies, 'store' | 'wallet' | 'channel'>;

/** What came of unlinking: done; or as soon as the payments that use the account have been made. */
export type Unlinked = 'unlinked' | 'ending' | 'not-linked' | 'frozen';

/**
 * Ending a link. No payment that has begun its charge is cut off, so that none is half made: the token is deleted last,
 * when the last of them needs it no more.
 */
export function createUnlinking(deps: Unlinking): {
  /**
   * `at`: when it was asked for, in milliseconds since the epoch. It concerns what was linked by then; the channel's clock
   * and the database's are taken to agree to within the seconds that linking takes.
   */
  unlinkWallet(request: { personKey: string; by: 'person' | 'provider'; at: number }): Promise<Unlinked>;
} {
  const { store } = deps;
  return {
    async unlinkWallet({ personKey, by, at }): Promise<Unlinked> {
      if (by === 'person' && (await store.safety.isFrozen(personKey))) return 'frozen';
      const wasLinked = await store.transaction(async (tx) => {
        const ending = await tx.links.end(personKey, new Date(at));
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
 * Ends what is ending and no longer needed: first at the provider and in the channel, then here, so that no consent is
 * left behind and nobody is shown as linked who is not. True when something ended. Repeatable.
 */
export async function finishUnlinking({ store, wallet, channel }: Unlinking, personKey: string): Promise<boolean> {
  const endable = await store.links.endable(personKey);
  for (const { linkId, since } of endable) {
    await endConsent(wallet, await store.links.token(linkId));
    for (const { sourceId } of await store.sources.addedBefore(personKey, since)) {
      await forgetCard({ store, wallet }, sourceId);
    }
    if (!(await store.links.active(personKey))) await showUnlinked();
    await store.links.ended(linkId);
  }
  return endable.length > 0;

  async function showUnlinked(): Promise<void> {
    const { address } = await store.people.reach(personKey);
    await unlessRefused(channel.unlinkAccount(address));
  }
}

/** Finishes an unlinking that waited for a payment, and tells the person unless they have linked anew since. */
export async function finishWaitingUnlinking(
  deps: Unlinking,
  post: Post,
  { payerKey, paymentId }: { payerKey: string; paymentId: string },
): Promise<void> {
  if (!(await finishUnlinking(deps, payerKey)) || (await deps.store.links.active(payerKey))) return;
  const messages = [{ key: 'link.unlinked' as const }];
  await post.say({ personKey: payerKey, cause: `${paymentId}/unlinked`, speaker: 'notice', messages });
}
