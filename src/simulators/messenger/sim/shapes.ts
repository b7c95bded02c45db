import { z } from 'zod';

/** What control calls have to look like. */
export const newPerson = z.strictObject({
  name: z.string().trim().min(1).max(100),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}_[A-Z]{2}$/, 'a locale such as en_US')
    .optional(),
  timezone: z.number().min(-12).max(14).optional(),
  platform: z.enum(['ios', 'android', 'web']).default('ios'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'an ISO 3166 country such as US')
    .default('US'),
});

const attachment = z.strictObject({ type: z.string().min(1), url: z.url() });

export const message = z
  .strictObject({ text: z.string().min(1).optional(), attachment: attachment.optional() })
  .refine(({ text, attachment: sent }) => text !== undefined || sent !== undefined, 'needs text or an attachment');

export const tap = z.union([
  z.strictObject({ mid: z.string(), title: z.string(), nth: z.int().min(0).optional() }),
  z.strictObject({ menu: z.string() }),
  z.strictObject({ getStarted: z.literal(true) }),
]);

export const reaction = z.strictObject({ mid: z.string(), emoji: z.string().min(1).max(16).optional() });

export const unsending = z.strictObject({ mid: z.string() });

export const referral = z.strictObject({
  ref: z.string().optional(),
  source: z.enum(['SHORTLINK', 'ADS', 'MESSENGER_CODE', 'DISCOVER_TAB']).default('SHORTLINK'),
  adId: z.string().optional(),
});

export const optIn = z.strictObject({ ref: z.string() });

export const inboxReply = z.strictObject({ text: z.string().min(1) });

export const webhook = z.strictObject({
  body: z.unknown().refine((body) => body !== undefined, 'is missing'),
  headers: z.record(z.string(), z.string().nullable()).optional(),
});

/** Errors in the platform's terms, for faults. */
export const metaError = z.strictObject({ code: z.int(), subcode: z.int().optional() });

export const nothing = z.object({});
