import type { WantedPort } from '../ports';
import type { LocalSettings } from './settings';

/** The ports that this start listens on: those of the parts that are not somebody else's. */
export function portsNeeded(settings: LocalSettings): WantedPort[] {
  const embedsTemporal = settings.TEMPORAL_ADDRESS === undefined;
  const wanted: readonly (readonly [keyof LocalSettings & `${string}PORT`, boolean])[] = [
    ['PORT', true],
    ['CODEC_PORT', true],
    ['MESSENGER_SIM_PORT', settings.MESSENGER_API_URL === undefined],
    ['PAYPAL_SIM_PORT', settings.PAYPAL_API_URL === undefined],
    ['TEMPORAL_PORT', embedsTemporal],
    ['TEMPORAL_UI_PORT', embedsTemporal],
  ];
  return wanted
    .filter(([, isNeeded]) => isNeeded)
    .map(([variable]) => ({ variable, port: settings[variable], host: settings.HOST }));
}
