import type { Intent } from '../domain/chat/understanding';

/** A way to say something, and how sure it makes us. */
interface Phrase {
  intent: Intent;
  words: RegExp;
  confidence: number;
}

/**
 * Tried from top to bottom; the first that fits wins. So a line that would also fit a later one stands above it:
 * "cancel" before "send", a person before a password, a forgotten password before a greeting.
 */
const PHRASES: Phrase[] = [
  {
    intent: 'talk_to_human',
    words:
      /\b(talk|speak|chat|connect|transfer|get|give|want|need|find)\b.*\b(human|person|agent|representative|rep|somebody|someone|operator|advisor|supervisor)\b/i,
    confidence: 0.95,
  },
  {
    intent: 'talk_to_human',
    words:
      /\b(real|live|actual) (human|person|agent|rep|representative)\b|^(human|agent|representative|operator|a person)( please)?[.!]*$/i,
    confidence: 0.95,
  },
  {
    intent: 'password_reset',
    words:
      /\b(forgot|forgotten|forget|lost|reset|change|recover|remember|don't know|dont know)\b.*\b(password|passcode|pass word|passwort|login|log-in)\b/i,
    confidence: 0.95,
  },
  {
    intent: 'password_reset',
    words: /\bpassword\b|\b(can't|cant|cannot|can not|unable to|couldn't) (log|sign) ?-?in\b|\blocked out\b/i,
    confidence: 0.8,
  },
  { intent: 'cancel', words: /^(please )?(cancel|undo|stop|never ?mind|forget it|abort)\b/i, confidence: 0.95 },
  { intent: 'cancel', words: /\bcancel (it|that|this|my|the)\b/i, confidence: 0.8 },
  {
    intent: 'transaction_status',
    words:
      /\b(where|when|what happened|status|arrive|arrived|received|get there|go through|gone through|missing)\b.*\b(payment|money|transfer|transaction|refund|dollars|cash)\b/i,
    confidence: 0.9,
  },
  {
    intent: 'transaction_status',
    words:
      /\b(payment|money|transfer|transaction)\b.*\b(where|status|not arrived|hasn't|hasnt|didn't|didnt|still|pending|stuck|missing)\b/i,
    confidence: 0.85,
  },
  {
    intent: 'transaction_history',
    words: /\b(my|show|list|see|recent|last|latest|past)\b.*\b(payments|transactions|history|activity)\b/i,
    confidence: 0.9,
  },
  {
    intent: 'split_bill',
    words: /\b(split|divide|share)\b.*(\$|€|£|\bbill\b|\btab\b|\bcheck\b|\bcost\b|\bdinner\b|\bdollars?\b|\d)/i,
    confidence: 0.9,
  },
  {
    intent: 'request_money',
    words: /\b(request|ask)\b.*(\$|€|£|\bmoney\b|\bdollars?\b|\bbucks?\b|\busd\b|\d)/i,
    confidence: 0.85,
  },
  { intent: 'decline_request', words: /^(please |i )?(decline|refuse|reject)\b/i, confidence: 0.9 },
  {
    intent: 'freeze_account',
    words:
      /^(please )?freeze( (it|everything|my (paypal |messenger )?(account|wallet|payments)))?( now| please)?[.!]*$|\b(freeze|lock|block) my (paypal |messenger )?(account|wallet|payments)\b/i,
    confidence: 0.95,
  },
  { intent: 'unblock_person', words: /^(please )?unblock\b/i, confidence: 0.95 },
  { intent: 'block_person', words: /^(please )?block\b/i, confidence: 0.95 },
  {
    intent: 'change_default',
    words: /\bmake (my )?(paypal|wallet)( account)? (my |the )?default\b/i,
    confidence: 0.95,
  },
  {
    intent: 'remove_card',
    words: /\b(remove|delete|unlink|forget)\b.{0,30}\bcards?\b|\btake\b.{0,20}\bcards?\b.{0,10}\boff\b/i,
    confidence: 0.9,
  },
  { intent: 'add_card', words: /\badd\b.{0,20}\bcard\b/i, confidence: 0.9 },
  {
    intent: 'unlink_account',
    words: /\b(unlink|disconnect|detach|remove|delete)\b.*\b(paypal|account|wallet)\b|^(please )?unlink\b/i,
    confidence: 0.9,
  },
  {
    intent: 'link_account',
    words: /\b(link|connect|add|log ?in|sign ?in)\b.*\b(paypal|account|wallet)\b|^(link|log ?in|sign ?in)[.!]*$/i,
    confidence: 0.9,
  },
  {
    intent: 'send_money',
    words:
      /\b(send|pay|transfer|give|wire|venmo|shoot)\b.*(\$|€|£|\bmoney\b|\bdollars?\b|\bbucks?\b|\busd\b|\bcash\b|\d)/i,
    confidence: 0.95,
  },
  { intent: 'send_money', words: /^(send|pay)\b/i, confidence: 0.8 },
  { intent: 'help', words: /^(help|menu|options|what can you do)\b/i, confidence: 0.9 },
  {
    intent: 'thanks_bye',
    words: /\b(thanks|thank you|thx|cheers|bye|goodbye|see you|that's all|thats all)\b/i,
    confidence: 0.9,
  },
  {
    intent: 'greeting',
    words: /^(hi|hello|hey|hiya|howdy|good (morning|afternoon|evening)|get started|yo)\b/i,
    confidence: 0.9,
  },
];

/** The intent of an utterance, `out_of_scope` with confidence 0 where no phrase fits. */
export function intentOf(spoken: string): { intent: Intent; confidence: number } {
  const phrase = PHRASES.find(({ words }) => words.test(spoken));
  return phrase ? { intent: phrase.intent, confidence: phrase.confidence } : { intent: 'out_of_scope', confidence: 0 };
}
