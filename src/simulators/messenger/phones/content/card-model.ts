/** A button of a card; `nth` tells buttons with equal words apart. */
export interface CardButton {
  readonly type: string;
  readonly title: string;
  readonly url: string | undefined;
  readonly nth: number;
}

/** One card: a template has one, a generic template as many as it has elements. */
export interface CardFace {
  readonly title: string | undefined;
  readonly text: string | undefined;
  readonly image: string | undefined;
  readonly buttons: readonly CardButton[];
}

type Raw = Readonly<Record<string, unknown>>;

/** Buttons that the phone names itself. */
const OWN_TITLES: Readonly<Record<string, string>> = { account_link: 'Log In', account_unlink: 'Log Out' };

/** The cards of a template, in reading order. */
export function facesOf(template: Raw): CardFace[] {
  const seen = new Map<string, number>();
  const buttonsOf = (raw: Raw): CardButton[] => listOf(raw['buttons']).map((button) => numbered(button, seen));
  const own = buttonsOf(template);
  if (template['template_type'] === 'button') {
    return [{ title: undefined, text: textOf(template['text']), image: undefined, buttons: own }];
  }
  return listOf(template['elements']).map((element) => ({
    title: textOf(element['title']),
    text: textOf(element['subtitle']),
    image: textOf(element['image_url']) ?? textOf(element['url']),
    buttons: buttonsOf(element),
  }));
}

/** The list a template field holds; empty when it holds none. */
export function listOf(value: unknown): Raw[] {
  return Array.isArray(value) ? (value as Raw[]) : [];
}

/** The text a template field holds; numbers are written out. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numbered(raw: Raw, seen: Map<string, number>): CardButton {
  const type = textOf(raw['type']) ?? '';
  const title = textOf(raw['title']) ?? OWN_TITLES[type] ?? '';
  const nth = seen.get(title) ?? 0;
  seen.set(title, nth + 1);
  return { type, title, url: textOf(raw['url']), nth };
}
