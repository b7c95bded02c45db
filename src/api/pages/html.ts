/** HTML that is already escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** A template whose values are escaped, so that no name or e-mail address can become markup. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[] | undefined)[]): Html {
  const rendered = parts.map((part, place) => part + (place < values.length ? shown(values[place]) : ''));
  return new Html(rendered.join(''));
}

function shown(value: string | Html | Html[] | undefined): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map((one) => one.text).join('');
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
