import type { ExchangeView, PersonView, PhonePlatform, PhoneView } from './model';

/** What came of a tap: something was sent, or the phone's browser has to open an address. */
export interface TapAnswer {
  readonly url?: string;
}

/** A tap, on a message, in the menu, or on Get Started. */
export type Tap =
  | { readonly mid: string; readonly title: string; readonly nth?: number }
  | { readonly menu: string }
  | { readonly getStarted: true };

/** The simulator's controls, as far as a phone uses them. Every call throws an Error with a sentence for the visitor. */
export const api = {
  people: async (): Promise<PersonView[]> => (await call<{ people: PersonView[] }>('GET', 'people')).people,
  addPerson: (person: { name: string; platform: PhonePlatform; country: string }) =>
    call<PersonView>('POST', 'people', person),
  phone: (psid: string) => call<PhoneView>('GET', `people/${psid}/phone`),
  say: (psid: string, text: string) => call<object>('POST', `people/${psid}/messages`, { text }),
  tap: (psid: string, tap: Tap) => call<TapAnswer>('POST', `people/${psid}/taps`, tap),
  react: (psid: string, mid: string, emoji: string | undefined) =>
    call<object>('POST', `people/${psid}/reactions`, { mid, ...(emoji === undefined ? {} : { emoji }) }),
  unsend: (psid: string, mid: string) => call<object>('POST', `people/${psid}/unsend`, { mid }),
  read: (psid: string) => call<object>('POST', `people/${psid}/read`, {}),
  wire: async (psid: string, mid: string): Promise<ExchangeView[]> =>
    (await call<{ exchanges: ExchangeView[] }>('GET', `people/${psid}/messages/${mid}/wire`)).exchanges,
};

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`_sim/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error('The simulator does not answer. Is it still running?');
  });
  const answered: unknown = await answer.json();
  if (answer.ok) return answered as T;
  const { message, problems = [] } = answered as { message?: string; problems?: string[] };
  throw new Error([message ?? `The simulator answered ${answer.status}.`, ...problems].join(' '));
}
