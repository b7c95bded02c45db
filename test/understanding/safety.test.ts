import { understand } from '../../src/understanding';

describe('words about safety', () => {
  test.each([
    ['Freeze', 'freeze_account'],
    ['freeze my account', 'freeze_account'],
    ['please freeze everything now', 'freeze_account'],
    ['block my account!', 'freeze_account'],
    ['unlink my paypal', 'unlink_account'],
    ['disconnect my PayPal account', 'unlink_account'],
    ['block Lee', 'block_person'],
    ['please unblock Lee Wong', 'unblock_person'],
    ['make PayPal my default', 'change_default'],
    ['add a card', 'add_card'],
    ['remove my card', 'remove_card'],
    ['please take my Visa card off PayPal', 'remove_card'],
    ['delete the card from my PayPal account', 'remove_card'],
    ['remove my PayPal account', 'unlink_account'],
    ['link my paypal account', 'link_account'],
    ['cancel', 'cancel'],
    ['send $5 to Freezer', 'send_money'],
    ['I forgot my password', 'password_reset'],
  ])('"%s" means %s', (utterance, intent) => {
    expect(understand(utterance).intent).toBe(intent);
  });

  test.each([
    ['block Lee Wong', 'Lee Wong'],
    ['please block lee please', 'lee'],
    ['Unblock Dana Reyes.', 'Dana Reyes'],
  ])('"%s" names %s', (utterance, person) => {
    expect(understand(utterance).slots).toEqual({ person });
  });
});
