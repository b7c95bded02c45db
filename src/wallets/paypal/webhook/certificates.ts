import { exchange, TransportFault } from '../transport/exchange';
import type { Answer } from '../transport/exchange';
import { signingCertificate } from './chain';
import type { SigningCertificate, Trust } from './chain';
import { WebhookRefused } from './refused';

/** A chain of four certificates is about 8 kB. */
const MAX_CERTIFICATE_BYTES = 64 * 1024;
/** PayPal waits for our answer meanwhile, and delivers again if it comes too late. */
const FETCH_TIMEOUT_MS = 5_000;
/** PayPal uses a handful of certificates at a time; a sender who invents addresses must not fill the memory. */
const MAX_CACHED = 16;
/** Nor may such a sender have us knock at PayPal without end. */
const MAX_FETCHES_AT_ONCE = 4;

/** Fetches certificates once per address and keeps those that are trusted. The address is already an allowed one. */
export function createCertificates(trust: () => Trust, now: () => number) {
  const cached = new Map<string, SigningCertificate>();
  const flights = new Map<string, Promise<SigningCertificate>>();

  async function fetchTrusted(address: URL): Promise<SigningCertificate> {
    const found = signingCertificate(await fetchPem(address), trust(), now());
    const oldest = cached.keys().next();
    if (cached.size >= MAX_CACHED && !oldest.done) cached.delete(oldest.value);
    cached.set(address.href, found);
    return found;
  }

  return {
    /**
     * The trusted certificate at an address.
     * @throws WebhookRefused `certificate-unavailable` (`retryable` unless the server says there is none) or
     * `certificate-untrusted`
     */
    async at(address: URL): Promise<SigningCertificate> {
      const known = cached.get(address.href);
      if (known && now() <= known.validUntil) return known;
      cached.delete(address.href);
      const underWay = flights.get(address.href);
      if (underWay) return underWay;
      if (flights.size >= MAX_FETCHES_AT_ONCE) throw unavailable('too many certificates at once', true);
      const flight = fetchTrusted(address).finally(() => flights.delete(address.href));
      flights.set(address.href, flight);
      return flight;
    },
  };
}

async function fetchPem(address: URL): Promise<string> {
  const answer = await fetchOnce(address);
  if (answer.status === 200) return answer.body.toString('latin1');
  // A redirect is not followed: it would lead to an address nobody allowed.
  throw unavailable(`answered ${answer.status}`, answer.status >= 500 || answer.status === 429);
}

async function fetchOnce(address: URL): Promise<Answer> {
  try {
    return await exchange(
      { method: 'GET', url: address, headers: { accept: 'application/x-pem-file, */*' } },
      { timeoutMs: FETCH_TIMEOUT_MS, maxBytes: MAX_CERTIFICATE_BYTES },
    );
  } catch (error) {
    if (error instanceof TransportFault) throw unavailable(error.code, error.reason !== 'too-large');
    throw error;
  }
}

function unavailable(rule: string, retryable: boolean): WebhookRefused {
  return new WebhookRefused('certificate-unavailable', rule, retryable);
}
