import { answerVerification } from '../../../../src/channels/messenger/webhook';

const asked = (over: object = {}) => ({
  'hub.mode': 'subscribe',
  'hub.verify_token': 'meatyhamhock',
  'hub.challenge': '1158201444',
  ...over,
});

describe('verification of the webhook', () => {
  test('the challenge is given back to who knows the token', () => {
    expect(answerVerification(asked(), 'meatyhamhock')).toBe('1158201444');
  });

  test.each([
    ['a wrong token', { 'hub.verify_token': 'meatyhamhocK' }],
    ['a token that is only a beginning', { 'hub.verify_token': 'meaty' }],
    ['a repeated token', { 'hub.verify_token': ['meatyhamhock', 'meatyhamhock'] }],
    ['no token', { 'hub.verify_token': undefined }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.challenge': undefined }],
    ['a challenge that a browser would take for markup', { 'hub.challenge': '<script>1</script>' }],
  ])('%s gets no answer', (_what, over) => {
    expect(answerVerification(asked(over), 'meatyhamhock')).toBeUndefined();
  });

  test('where no token is configured nobody is answered', () => {
    expect(answerVerification(asked({ 'hub.verify_token': '' }), '')).toBeUndefined();
  });
});
