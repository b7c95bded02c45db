import type { Dependencies } from '../dependencies';

/** Under which name a rep's messages are shown. Made once per rep and kept. */
export class Personas {
  constructor(private readonly deps: Pick<Dependencies, 'store' | 'channel' | 'personaPictureUrl' | 'log'>) {}

  /** The persona of a rep. A lost answer may leave an unused one behind at the channel, which nobody sees. */
  async of(repId: string): Promise<string> {
    const { store, channel, personaPictureUrl } = this.deps;
    const known = await store.personas.of(repId);
    if (known) return known;
    const rep = await store.reps.find(repId);
    const personaId = await channel.createPersona({ name: rep?.name ?? 'Support', pictureUrl: personaPictureUrl });
    await store.personas.save(repId, personaId);
    return personaId;
  }
}
