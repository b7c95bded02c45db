import type { PhonePlatform } from './person';

/**
 * What the browser that opens on a tap calls itself: Messenger's in-app browser on the two phones, a desktop browser on
 * the web. The bracketed marks are the ones seen in public code; Meta does not document them.
 */
const USER_AGENTS: Readonly<Record<PhonePlatform, string>> = {
  ios:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 ' +
    '[FBAN/MessengerForiOS;FBAV/530.0.0.30.108;FBBV/790000000;FBDV/iPhone16,2;FBMD/iPhone;FBSN/iOS;FBSV/19.1;FBSS/3;FBLC/en_US]',
  android:
    'Mozilla/5.0 (Linux; Android 16; Pixel 9 Build/BP1A.250505.005; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
    'Chrome/141.0.0.0 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/530.0.0.45.90;]',
  web: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
};

/** The user agent of the browser a person of this platform opens a link in. */
export function userAgentOf(platform: PhonePlatform): string {
  return USER_AGENTS[platform];
}
