import { randomUUID } from 'node:crypto';
import { accountLinkId } from '../../../workflows/messages/account-link';
import { conversationId } from '../../../workflows/messages/conversation';
import { linkOnThePhone, logInToLink } from '../../world/people/browser';
import { newcomer } from '../../world/people/citizens';
import { eventually } from '../../world/waiting';
import type { World } from '../../world/world';
import type { Run, Scenario } from './scenario';
import { finished } from './scenario';

/** So many turns a conversation's run has before it goes on in a new one. */
const TURNS_PER_RUN = 20;

/** Conversations and links that end within moments, or are of interest while they go on. */
export const CHAT_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'account-link/linked': async (world) => {
    const { sessionId } = await linkOnThePhone(world, 'Ida Linked');
    return finished(world, accountLinkId(sessionId));
  },

  'account-link/abandoned': async (world) => {
    const { browser, sessionId } = await logInToLink(world, 'Abe Leaves');
    await browser.press('Not me');
    return finished(world, accountLinkId(sessionId));
  },

  'conversation/card-help-and-rep': async (world) => {
    const { phone, personId } = await linkOnThePhone(world, 'Cara Talks');
    const card = await phone.hears(/Confirm/, await phone.says(`send $5 to ${world.lee.email}`));
    await phone.hears(/Approve payment/, (await phone.taps(card, 'Confirm')).since);
    await phone.hears(/Cancelled/, await phone.says('cancel'));
    const help = await phone.hears(/reset/, await phone.says('oh man, I forgot my password'));
    await phone.hears(/asked for a person/, (await phone.taps(help, 'No')).since);
    const workflowId = conversationId(world.page, personId);
    const rep = await world.store.reps.signIn('Ana', 'rep');
    const press = () => ({ actionId: randomUUID(), bodyHash: 'recorded', rep: { id: rep.repId, name: rep.name } });
    await world.gateway.act(workflowId, 'claim', press());
    await world.gateway.act(workflowId, 'note', { ...press(), text: 'Has tried the page twice.' });
    await world.gateway.act(workflowId, 'reply', { ...press(), text: 'Hi Cara, I am with you now.' });
    await phone.says('thank you');
    await world.gateway.act(workflowId, 'resolve', { ...press(), reason: 'answered' });
    await phone.hears(/What can I do/, await phone.says('hello'));
    return { workflowId };
  },

  'conversation/first-of-two-runs': (world) => longConversation(world, 'Lola Long'),

  'conversation/second-of-two-runs': async (world) => ({
    workflowId: (await longConversation(world, 'Lana Longer')).workflowId,
  }),
};

/** What takes an hour. */
export const LONG_CHAT_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'account-link/expired': async (world) => {
    const { sessionId } = await logInToLink(world, 'Exa Pired');
    return { workflowId: accountLinkId(sessionId) };
  },
};

/** Talks until the conversation goes on in a second run; gives its first. */
async function longConversation(world: World, name: string): Promise<Run> {
  const { phone, key } = await newcomer(world, name);
  const workflowId = conversationId(world.page, key);
  for (let turn = 0; turn < TURNS_PER_RUN; turn++) await phone.hears(/welcome/, await phone.says('thanks!'));
  const runId = await eventually('the conversation goes on in a new run', async () => {
    const { runId: latest, raw } = await world.client.workflow.getHandle(workflowId).describe();
    const first = raw.workflowExecutionInfo?.firstRunId;
    return first && first !== latest ? first : undefined;
  });
  return { workflowId, runId };
}
