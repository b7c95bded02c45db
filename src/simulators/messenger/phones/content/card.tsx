import { api } from '../state/api';
import type { Tap } from '../state/api';
import type { MessageView } from '../state/model';
import { attempt } from '../state/start';
import { facesOf } from './card-model';
import type { CardButton, CardFace } from './card-model';
import { LinkedText } from './linked-text';
import { Receipt } from './receipt';

/** A template: its cards with their buttons, or a receipt. */
export function Card({ psid, message }: { psid: string; message: MessageView }) {
  const { template = {}, mid } = message;
  if (template['template_type'] === 'receipt') return <Receipt receipt={template} />;
  const faces = facesOf(template);
  const cards = faces.map((face, index) => <Face key={index} psid={psid} mid={mid} face={face} />);
  return faces.length > 1 ? (
    <div class="carousel" tabIndex={0} role="group" aria-label={`${faces.length} cards`}>
      {cards}
    </div>
  ) : (
    <>{cards}</>
  );
}

function Face({ psid, mid, face }: { psid: string; mid: string; face: CardFace }) {
  const { title, text, image, buttons } = face;
  return (
    <div class="card">
      {image !== undefined && <img src={image} alt="" />}
      {(title !== undefined || text !== undefined) && (
        <div class="card-text">
          {title !== undefined && <p class="card-title">{title}</p>}
          {text !== undefined && (
            <p>
              <LinkedText text={text} />
            </p>
          )}
        </div>
      )}
      {buttons.map((button) => (
        <Button key={`${button.title} ${button.nth}`} psid={psid} mid={mid} button={button} />
      ))}
    </div>
  );
}

function Button({ psid, mid, button }: { psid: string; mid: string; button: CardButton }) {
  const { type, title, url, nth } = button;
  if (type === 'web_url') {
    return (
      <a class="card-button" href={url} target="_blank" rel="noopener noreferrer">
        {title} <span class="unseen">(opens a new tab)</span>
      </a>
    );
  }
  const tap = { mid, title, nth };
  const press = type === 'account_link' ? () => openByTap(psid, tap) : () => attempt(() => api.tap(psid, tap));
  return (
    <button type="button" class="card-button" onClick={() => void press()}>
      {title}
    </button>
  );
}

/** A log-in button: its address is made by the tap, but only a click may open a tab, so the tab comes first. */
async function openByTap(psid: string, tap: Tap): Promise<void> {
  const tab = window.open('about:blank', '_blank');
  const answer = await attempt(() => api.tap(psid, tap));
  if (answer?.url === undefined || tab === null) return tab?.close();
  tab.opener = null;
  tab.location.href = answer.url;
}
