import type { Dependencies } from '../dependencies';
import { unlessRefused } from '../failures';

/** Ends a card first at the provider, then here, so that none is kept there that nobody knows of. Repeatable. */
export async function forgetCard(
  { store, wallet }: Pick<Dependencies, 'store' | 'wallet'>,
  sourceId: string,
): Promise<void> {
  await endConsent(wallet, await store.sources.token(sourceId));
  await store.sources.removed(sourceId);
}

/** Ends what a token lets us charge, where there is one still. */
export async function endConsent(wallet: Dependencies['wallet'], token: string | undefined): Promise<void> {
  if (token !== undefined) await unlessRefused(wallet.removeVault(token));
}
