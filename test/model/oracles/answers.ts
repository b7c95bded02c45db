import { messageIdOf } from '../../../src/identity';
import { query } from '../../world/time';
import type { Person } from '../people/person';
import type { Scene } from '../people/scene';

/**
 * What people did and got no answer to. An answer is a message that was written for it, or that came after it; where a
 * person of the desk or of the page's inbox has the thread, they owe it.
 */
export async function unanswered(scene: Scene): Promise<string[]> {
  const elsewhere = new Set(
    [...scene.plan.now, ...scene.plan.later].flatMap(({ step }) => (step.do === 'inbox' ? [step.who] : [])),
  );
  const found = await Promise.all(
    Object.entries(scene.people).map(async ([who, person]) => {
      if (elsewhere.has(who as keyof Scene['people']) || (await isWithRep(scene, person))) return [];
      return (await unansweredOf(scene, person)).map((words) => `${who} got no answer to ${words}`);
    }),
  );
  return found.flat();
}

async function unansweredOf(scene: Scene, { thread }: Person): Promise<string[]> {
  const acts = thread.filter(({ from }) => from === 'person');
  const ids = acts.map(({ mid }) => messageIdOf(`${mid}/0/0`));
  const rows = await query(scene.world, 'select message_id from messages where message_id = any($1)', [ids]);
  const written = new Set(rows.map((row) => row['message_id']));
  return acts.flatMap((act, place) => {
    const after = thread.slice(thread.indexOf(act) + 1);
    const answered = written.has(ids[place]) || after.some(({ from }) => from === 'page');
    return answered ? [] : [`"${act.text ?? 'a tap'}"`];
  });
}

async function isWithRep({ world }: Scene, { key }: Person): Promise<boolean> {
  const [row] = await query(world, `select owner from conversations where person_key = $1`, [key]);
  return row?.['owner'] === 'rep';
}
