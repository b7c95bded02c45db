import type { Understanding } from '../domain/chat/understanding';
import { intentOf } from './intents';
import { slotsOf } from './slots';

/**
 * Reads what a person wrote: what they want, and the amount, payee and note in it. Deterministic and without I/O, about
 * a microsecond per utterance. It decides nothing: money is confirmed by a tap, and a guess below `SURE_ENOUGH` is asked
 * back.
 */
export function understand(utterance: string): Understanding {
  const spoken = utterance.normalize('NFKC').replaceAll('’', "'").replace(/\s+/g, ' ').trim();
  const { intent, confidence } = intentOf(spoken);
  return { intent, confidence, slots: slotsOf(spoken) };
}
