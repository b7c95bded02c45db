import type { Collection, Documents } from '../../control/documents';
import { toButton } from '../people/buttons';
import type { Changes } from '../people/changes';
import { newObjectId } from '../people/ids';
import type { Button, JsonObject } from '../people/message';

/** A name and picture a page may speak under. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly profile_picture_url?: string;
}

/** An upload that can be sent again by its id. */
export interface Upload {
  readonly id: string;
  readonly type: string;
  readonly url: string;
}

/** What an application sets up for its page: personas, uploads, and the messenger profile. */
export class PageObjects {
  readonly personas: Collection<Persona>;
  readonly uploads: Collection<Upload>;
  private readonly profiles: Collection<JsonObject>;

  constructor(
    documents: Documents,
    private readonly changes: Changes,
  ) {
    this.personas = documents.collection<Persona>('persona');
    this.uploads = documents.collection<Upload>('upload');
    this.profiles = documents.collection<JsonObject>('profile');
  }

  addPersona(persona: Omit<Persona, 'id'>): Persona {
    const id = newObjectId();
    return this.personas.set(id, { id, ...persona });
  }

  addUpload(upload: Omit<Upload, 'id'>): Upload {
    const id = newObjectId();
    return this.uploads.set(id, { id, ...upload });
  }

  /** The messenger profile as it was set: `get_started`, `greeting`, `persistent_menu` and others. */
  get profile(): Readonly<JsonObject> {
    return this.profiles.get('page') ?? {};
  }

  setProfile(profile: JsonObject): void {
    this.profiles.set('page', profile);
    this.changes.tell({ type: 'profile' });
  }

  /** What + opens for somebody of this locale; empty until an application has set a menu. */
  menuFor(locale: string): Button[] {
    const actions = this.forLocale('persistent_menu', locale)?.['call_to_actions'];
    return Array.isArray(actions) ? actions.map((action) => toButton(action as JsonObject)) : [];
  }

  /** The text above an empty conversation, with the person's name put in. */
  greetingFor(locale: string, firstName: string): string | undefined {
    const text = this.forLocale('greeting', locale)?.['text'];
    return typeof text === 'string' ? text.replaceAll('{{user_first_name}}', firstName) : undefined;
  }

  /** The payload of Get Started, if the button is set up. */
  get getStarted(): string | undefined {
    const payload = (this.profile['get_started'] as JsonObject | undefined)?.['payload'];
    return typeof payload === 'string' ? payload : undefined;
  }

  private forLocale(property: string, locale: string): JsonObject | undefined {
    const variants = this.profile[property];
    if (!Array.isArray(variants)) return undefined;
    const list = variants as JsonObject[];
    return (
      list.find((variant) => variant['locale'] === locale) ?? list.find((variant) => variant['locale'] === 'default')
    );
  }
}
