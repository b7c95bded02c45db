import { randomUUID } from 'node:crypto';
import type { ConversationDetail } from '../../src/api/contract/detail';
import type { ConversationList } from '../../src/api/contract/conversation';
import { Rep } from '../api/desk/rep';
import { Phone } from '../world/people/phone';
import { eventually } from '../world/waiting';
import { newPerson } from './simulator';
import type { Stack } from './stack';

/** A press is repeated for so long while nobody knows what became of it, as the desk's page does. */
const ANSWERED_WITHIN_MS = 60_000;

/** A rep at the desk of a running stack. */
export class DeskRep {
  private constructor(private readonly rep: Rep) {}

  static async signIn(stack: Stack, name: string): Promise<DeskRep> {
    return new DeskRep(await Rep.signIn(stack.app, name));
  }

  /** The conversation of this person, once it is in the list. */
  conversationOf(name: string, state: 'waiting' | 'all'): Promise<string> {
    return eventually(`${name} is among "${state}"`, async () => {
      const { body } = await this.rep.get(`/conversations?state=${state}`);
      const { conversations = [] } = body as unknown as Partial<ConversationList>;
      return conversations.find(({ person }) => person.name === name)?.id;
    });
  }

  /** Everything that the desk shows of a conversation. */
  async detail(conversation: string): Promise<ConversationDetail> {
    const { status, body } = await this.rep.get(`/conversations/${encodeURIComponent(conversation)}`);
    if (status !== 200) throw new Error(`the conversation gave ${status} ${JSON.stringify(body)}`);
    return body as unknown as ConversationDetail;
  }

  /**
   * Presses a button until its effect is certain: as long as nobody answers or it is not known whether it was accepted,
   * the same press is made again.
   */
  press(conversation: string, action: string, body: Record<string, unknown> = {}): Promise<void> {
    const press = { actionId: randomUUID(), ...body };
    return eventually(
      `${action} is answered`,
      async () => {
        const answer = await this.rep.act(conversation, action, press).catch(() => ({ status: 0, body: {} }));
        if (answer.status >= 400 && answer.status < 500) {
          throw new Error(`${action} gave ${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.status === 200;
      },
      ANSWERED_WITHIN_MS,
    ).then(() => undefined);
  }

  /** How a reply stands in the thread, as the rep sees it. */
  async replyIn(conversation: string, text: string): Promise<{ id: string; state: string } | undefined> {
    const { thread } = await this.detail(conversation);
    const replies = thread.filter(
      ({ speaker, content }) => speaker === 'rep' && 'text' in content && content.text === text,
    );
    if (replies.length > 1) throw new Error(`"${text}" stands ${replies.length} times in the thread`);
    return replies[0];
  }

  /** Waits until a reply stands so in the thread; gives its id. */
  replyBecomes(conversation: string, text: string, state: string): Promise<string> {
    return eventually(
      `"${text}" is ${state}`,
      async () => {
        const reply = await this.replyIn(conversation, text);
        return reply?.state === state ? reply.id : undefined;
      },
      ANSWERED_WITHIN_MS,
    );
  }
}

/** Somebody who asked for a person, and whom a rep has taken. */
export interface Helped {
  readonly phone: Phone;
  readonly name: string;
  readonly conversation: string;
  /** How many copies of a text have arrived on the phone. */
  readonly copiesOf: (text: string) => Promise<number>;
}

/** A new person asks for a person, and waits. */
export async function askForPerson(stack: Stack, name: string): Promise<Phone> {
  const phone = new Phone(stack.messenger, await newPerson(stack.messenger, name));
  await phone.hears(/asked for a person/, await phone.says('I want to talk to a real person please'));
  return phone;
}

/** A new person asks for a person, and the rep takes the conversation. */
export async function takenBy(rep: DeskRep, stack: Stack, name: string): Promise<Helped> {
  const phone = await askForPerson(stack, name);
  const conversation = await rep.conversationOf(name, 'waiting');
  await rep.press(conversation, 'claim');
  return {
    phone,
    name,
    conversation,
    copiesOf: async (text) => (await phone.heardSince(0)).filter((message) => message.text === text).length,
  };
}
