import { Avatar, Initials } from '../people/avatar';
import { PLATFORM_NAMES } from '../people/platforms';
import type { PhoneView } from '../state/model';
import { Composer } from './composer';
import { Thread } from './thread';

/** One person's phone. */
export function Phone({ phone }: { phone: PhoneView }) {
  const { person, page } = phone;
  const heading = `phone-${person.psid}`;
  return (
    <section class="phone" aria-labelledby={heading}>
      <div class="owner">
        <Avatar psid={person.psid} />
        <h2 id={heading}>{person.name}</h2>
        <span class="facts">
          {PLATFORM_NAMES[person.platform]} · {person.country}
          {person.linked && ' · linked'}
        </span>
      </div>
      <div class="device">
        <div class="peer">
          <Initials name={page} />
          <p>
            <strong>{page}</strong>
            <span>Automated, with people when needed</span>
          </p>
        </div>
        <Thread phone={phone} />
        <Composer phone={phone} />
      </div>
    </section>
  );
}
