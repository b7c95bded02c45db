import type { Incoming } from '../../../../src/domain/chat/events';

type Expected = { standby?: true; address?: string } & (
  { act: object; messageId?: string } | { receipt: object } | { ignored: string }
);

const LINKED = { act: { kind: 'linked', code: 'PASS_THROUGH_AUTHORIZATION_CODE' } };
const GREEN = { kind: 'tap', payload: 'DEVELOPER_DEFINED_PAYLOAD_FOR_PICKING_GREEN', title: 'Green' };
const PHONE = { act: { kind: 'tap', payload: '<PHONE_NUMBER>', title: '<PHONE_NUMBER>' } };
const OLD_MID = 'mid.1457764197618:41d102a3e1ae206a38';
const DELIVERED = {
  receipt: { kind: 'delivered', messageIds: ['mid.1458668856218:ed81099e15d3f4f233'], watermark: 1458668856253 },
};
const READ = { receipt: { kind: 'read', messageIds: [], watermark: 1458668856253 } };
const ECHO = {
  kind: 'echo',
  messageId: OLD_MID,
  appId: '1517776481860111',
  metadata: '<DEVELOPER_DEFINED_METADATA_STRING>',
  text: 'hello, world!',
};
const GIVEN = { kind: 'thread-control', change: 'given-to-us' };
const TAKEN = { kind: 'thread-control', change: 'taken-from-us' };

/** What each recorded body is, when our page is `PAGE ID` and our application is `123456789`. */
export const READINGS: Record<string, Expected> = {
  'fbmessenger-py__account_linking.json': { ...LINKED, address: '1234' },
  'fbmessenger-py__delivered.json': DELIVERED,
  'fbmessenger-py__message.json': { act: { kind: 'text', text: 'hello, world!', attachments: [] }, messageId: OLD_MID },
  'fbmessenger-py__message_read.json': READ,
  'fbmessenger-py__optin.json': { act: { kind: 'opt-in', ref: 'PASS_THROUGH_PARAM' } },
  'fbmessenger-py__postback.json': { act: { kind: 'tap', payload: 'USER_DEFINED_PAYLOAD', title: '' } },
  'messenger-node__message_deliveries.json': { ...DELIVERED, address: 'USER PSID' },
  'messenger-node__message_reads.json': READ,
  'messenger-node__messages-attachment.json': {
    act: { kind: 'attachments', attachments: [{ type: 'image', url: '<IMAGE_URL>' }] },
  },
  'messenger-node__messages-quick_reply.json': { act: GREEN, messageId: 'mid.$cAAJsujCd2ORkHXKOOVd7C1F97Zto' },
  'messenger-node__messages-text.json': { act: { kind: 'text', text: 'text message', attachments: [] } },
  'messenger-node__messaging_account_linking.json': LINKED,
  'messenger-node__messaging_checkout_updates.json': { ignored: 'checkout_update' },
  'messenger-node__messaging_echoes.json': { receipt: ECHO, address: 'USER PSID' },
  'messenger-node__messaging_game_plays.json': { ignored: 'game_play' },
  'messenger-node__messaging_handovers-app_roles.json': { ignored: 'app_roles' },
  'messenger-node__messaging_handovers-pass_thread_control.json': { act: GIVEN },
  'messenger-node__messaging_handovers-take_thread_control.json': { act: TAKEN },
  'messenger-node__messaging_optins.json': { act: { kind: 'opt-in', ref: '<PASS_THROUGH_PARAM>' } },
  'messenger-node__messaging_payments.json': { ignored: 'payment' },
  'messenger-node__messaging_policy_enforcement.json': { ignored: 'policy_enforcement:block' },
  'messenger-node__messaging_postbacks.json': {
    act: {
      kind: 'tap',
      payload: '<USER_DEFINED_PAYLOAD>',
      title: '<TITLE_FOR_THE_CTA>',
      referral: { source: '<SHORTLINK>', ref: '<USER_DEFINED_REFERRAL_PARAM>', fromAd: false },
    },
  },
  'messenger-node__messaging_pre_checkouts.json': { ignored: 'pre_checkout' },
  'messenger-node__messaging_referrals-ADS.json': {
    act: { kind: 'referral', source: 'ADS', ref: '<REF_DATA_IF_SPECIFIED_IN_THE_AD>', fromAd: true },
  },
  'messenger-node__messaging_referrals-DISCOVER_TAB.json': {
    act: { kind: 'referral', source: 'DISCOVER_TAB', fromAd: false },
  },
  'messenger-node__messaging_referrals-MESSENGER_CODE.json': {
    act: { kind: 'referral', source: 'MESSENGER_CODE', ref: '<REF_DATA_PASSED_IN_CODE>', fromAd: false },
  },
  'messenger-node__messaging_referrals-SHORTLINK.json': {
    act: { kind: 'referral', source: 'SHORTLINK', ref: '<REF_DATA_PASSED_IN_M.ME_PARAM>', fromAd: false },
  },
  'messenger-node__standby.json': { standby: true, act: { kind: 'text', text: 'text message', attachments: [] } },
  'metadocs__account-linking-linked.json': LINKED,
  'metadocs__account-linking-unlinked.json': { act: { kind: 'unlinked' } },
  'metadocs__app-roles.json': { ignored: 'app_roles' },
  'metadocs__echo-text.json': { receipt: ECHO, address: '<PSID>' },
  'metadocs__messages-attachment-reel.json': {
    act: { kind: 'attachments', attachments: [{ type: 'reel', url: '<ATTACHMENT_URL>' }] },
  },
  'metadocs__messages-quick-reply.json': {
    act: { kind: 'tap', payload: '<DEVELOPER_DEFINED_PAYLOAD>', title: 'hello, world!' },
  },
  'metadocs__messages-reply-to.json': {
    act: {
      kind: 'text',
      text: 'hello, world!',
      attachments: [],
      replyTo: 'm_1fTq8oLumEyIp3Q2MR-aY7IfLZDamVrALniheU',
    },
    messageId: 'm_1457764197618:41d102a3e1ae206a38',
  },
  'metadocs__pass-thread-control-from-idle.json': { act: GIVEN },
  'metadocs__pass-thread-control.json': { act: { ...GIVEN, by: '<previous_app_id or null (idle_mode)>' } },
  'metadocs__policy-enforcement-underscore.json': { ignored: 'policy_enforcement:block' },
  'metadocs__policy-enforcement-warning.json': { ignored: 'policy_enforcement:warning' },
  'metadocs__postback-changes-shape.json': { ignored: 'postback:no-person' },
  'metadocs__postback-v11-mid.json': { ignored: 'postback:no-person' },
  'metadocs__quick-reply-phone.json': { ...PHONE, address: '1254459154682919' },
  'metadocs__reaction-love.json': {
    act: { kind: 'reaction', on: '<MID_OF_ReactedTo_Message>', emoji: '❤️', removed: false },
  },
  'metadocs__reaction-other.json': {
    act: { kind: 'reaction', on: '<MID_OF_ReactedTo_Message>', emoji: '🥳', removed: false },
  },
  'metadocs__request-thread-control.json': {
    act: { kind: 'thread-control', change: 'requested', by: '123456789' },
    address: '<USER_ID>',
  },
  'metadocs__send-cart.json': { ignored: 'order' },
  'metadocs__standby-echo-media-template.json': {
    receipt: {
      kind: 'echo',
      messageId: 'qT7ywaKpO9kkQR7Gv-nM8LIfLZDamVrALniheUYEDdHJXjDXEAyaS1xxONzb2Iv-DFzmTihfWJV012P5pK0AhQ',
      appId: '1517776481860111',
    },
    address: '<PSID>',
  },
  'metadocs__standby-postback-no-payload.json': {
    standby: true,
    act: { kind: 'tap', payload: '', title: 'TITLE-FOR-THE-CTA' },
  },
  'metadocs__take-thread-control.json': { act: { ...TAKEN, by: '987654321' } },
  'sociably__image-1.json': {
    act: { kind: 'attachments', attachments: [{ type: 'image', url: '<ATTACHMENT_URL>' }] },
  },
  'sociably__quick_reply-1.json': { act: GREEN },
  'sociably__quick_reply-2.json': PHONE,
  'sociably__quick_reply-3.json': { act: { kind: 'tap', payload: '<EMAIL_ADDRESS>', title: '<EMAIL_ADDRESS>' } },
  'sociably__text-1.json': {
    act: {
      kind: 'text',
      text: '<URL_SENT_BY_THE_USER>',
      attachments: [{ type: 'fallback', url: '<URL_OF_THE_ATTACHMENT>' }],
    },
    address: '<PSID>',
  },
  'sociably__text-2.json': {
    act: { kind: 'text', text: 'Transfer $50 to yourname@email.com tomorrow at 2pm', attachments: [] },
    messageId: 'mid.$cAACFU2NCL81nc02tgVhQghkkuXzk',
  },
};

/** The reading as part of what {@link readWebhook} gives. */
export function asIncoming(expected: Expected): object {
  const source = expected.address === undefined ? {} : { source: { address: expected.address } };
  if ('ignored' in expected) return { kind: 'ignored', name: expected.ignored };
  if ('receipt' in expected) return { kind: 'receipt', receipt: { ...expected.receipt, ...source } };
  const messageId = expected.messageId === undefined ? {} : { messageId: expected.messageId };
  const kind: Incoming['kind'] = expected.standby ? 'standby' : 'event';
  return { kind, event: { act: expected.act, ...messageId, ...source } };
}
