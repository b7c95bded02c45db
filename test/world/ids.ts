const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Every id of ours in what an activity is given, or in an event of PayPal's. */
export function idsIn(text: string): string[] {
  return text.match(UUID) ?? [];
}
