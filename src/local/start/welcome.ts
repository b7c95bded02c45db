import type { LocalSettings } from './settings';
import { reachableHost } from './settings';

/** The addresses of everything that runs, and what to try first. */
export function welcome(settings: LocalSettings): string {
  const at = (port: number): string => `http://${reachableHost(settings.HOST)}:${port}`;
  const addresses: readonly (readonly [string, string | undefined])[] = [
    ['Phones of Dana and Lee', settings.MESSENGER_API_URL === undefined ? at(settings.MESSENGER_SIM_PORT) : undefined],
    ['Desk of the reps', `${at(settings.PORT)}/desk`],
    ['Temporal Web UI', settings.TEMPORAL_ADDRESS === undefined ? at(settings.TEMPORAL_UI_PORT) : undefined],
    ['PayPal simulator', settings.PAYPAL_API_URL === undefined ? at(settings.PAYPAL_SIM_PORT) : undefined],
  ];
  const lines = addresses.flatMap(([what, url]) => (url === undefined ? [] : [`  ${what.padEnd(24)}${url}`]));
  return [
    '',
    ...lines,
    '',
    '  Try first: on the phones page write as Dana "send $20 to Lee for pizza" and tap Confirm.',
    '  Then "I forgot my password", or "talk to a person" and answer from the desk.',
    '',
    '  Ctrl-C stops everything; the state stays in DATA_DIR. `npm run reset` begins anew.',
    '',
  ].join('\n');
}
