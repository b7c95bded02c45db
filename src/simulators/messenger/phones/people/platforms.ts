import type { PhonePlatform } from '../state/model';

/** How platforms are called on the page. */
export const PLATFORM_NAMES: Readonly<Record<PhonePlatform, string>> = {
  ios: 'iPhone',
  android: 'Android',
  web: 'Web',
};
