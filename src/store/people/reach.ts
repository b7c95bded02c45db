import type { Selectable } from 'kysely';
import type { DataKey } from '../../keys';
import { SealedRow } from '../personal-data';
import type { People as PersonRow } from '../schema/people';

/** How somebody is written to, with what decides whether they may be written to now. */
export interface Reach {
  page: string;
  /** The channel's own id of the person. */
  address: string;
  locale?: string;
  /** The person's last act: the channel's windows for answers count from here. */
  lastActAt?: Date;
  /** The last act that came from an advertisement, which opens the longer window. */
  adClickAt?: Date;
}

/** The columns of `people` that a {@link Reach} is read from, besides the key. */
export const REACH_COLUMNS = ['page', 'address_enc', 'locale', 'last_act_at', 'ad_click_at'] as const;

type ReachRow = Pick<Selectable<PersonRow>, (typeof REACH_COLUMNS)[number]>;

export function readReach(personKey: string, row: ReachRow, key: DataKey): Reach {
  return {
    page: row.page,
    address: new SealedRow(key, 'people', personKey).open('address_enc', row.address_enc),
    locale: row.locale ?? undefined,
    lastActAt: row.last_act_at ?? undefined,
    adClickAt: row.ad_click_at ?? undefined,
  };
}
