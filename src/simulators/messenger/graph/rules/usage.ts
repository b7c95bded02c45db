import { errorOfCode } from '../errors';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
/** Calls a day for every person who can be messaged (rate limiting of the Messenger Platform). */
const CALLS_PER_PERSON = 200;
/** A page of this size also serves people who are not simulated: they count for its allowance. */
const PEOPLE_ELSEWHERE = 1000;
/** Sends a second: text, links, reactions, stickers, templates; and audio or video. */
const TEXT_PER_SECOND = 300;
const MEDIA_PER_SECOND = 10;

/** Counts the calls of an application against the platform's rate limits. Times in milliseconds. */
export class Usage {
  private calls: number[] = [];
  private sends: Record<'text' | 'media', number[]> = { text: [], media: [] };

  /** Counts one call of any kind at a moment of the simulator's clock. */
  countCall(now: number): void {
    this.calls = since(this.calls, now - DAY);
    this.calls.push(now);
  }

  /**
   * Counts one send in real time.
   * @throws GraphError code 613 above the sends a second that the platform takes
   */
  countSend(kind: 'text' | 'media', realNow: number): void {
    const recent = since(this.sends[kind], realNow - SECOND);
    this.sends[kind] = recent;
    if (recent.length >= (kind === 'text' ? TEXT_PER_SECOND : MEDIA_PER_SECOND)) throw errorOfCode(613);
    recent.push(realNow);
  }

  /**
   * Refuses calls once the day's allowance is used up.
   * @throws GraphError code 613
   */
  checkDay(people: number, now: number): void {
    if (this.percent(people, now) >= 100) throw errorOfCode(613);
  }

  /** The value of the `x-business-use-case-usage` header: per cent used, and minutes until calls are taken again. */
  header(pageId: string, people: number, now: number): string {
    const percent = Math.min(100, this.percent(people, now));
    const oldest = this.calls[0] ?? now;
    const minutes = percent >= 100 ? Math.ceil((oldest + DAY - now) / (60 * SECOND)) : 0;
    const usage = {
      type: 'messenger',
      call_count: Math.max(1, Math.floor(percent)),
      total_cputime: 1,
      total_time: 1,
      estimated_time_to_regain_access: minutes,
    };
    return JSON.stringify({ [pageId]: [usage] });
  }

  private percent(people: number, now: number): number {
    this.calls = since(this.calls, now - DAY);
    return (100 * this.calls.length) / (CALLS_PER_PERSON * (people + PEOPLE_ELSEWHERE));
  }
}

function since(times: number[], from: number): number[] {
  const first = times.findIndex((time) => time > from);
  if (first === 0) return times;
  return first === -1 ? [] : times.slice(first);
}
