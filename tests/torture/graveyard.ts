import { setTimeout as delay } from 'node:timers/promises';
import type { Fan } from '../support/fan.ts';
import { startLoop } from '../support/start-loop.ts';
import type { QueueStatus } from '../support/response-bodies.ts';
import { sequenceIn } from '../support/ticket.ts';
import type { Random } from './random.ts';
import type { Records } from './records.ts';

type Grave = { readonly fan: Fan; readonly ticket: string; readonly reason: string; readonly since: number };

/** The tickets of places that have ended, which are polled again and again: none may ever open a place once more. */
export type Graveyard = {
  readonly bury: (fan: Fan, ticket: string, reason: string) => void;
  stop(): Promise<void>;
};

const GRAVES_MAX = 500;
const POLL_EVERY_MS = 60;
/** After this time every instance knows of the end, also from an old snapshot of the room. */
const RESTS_AFTER_MS = 3_000;

export function openGraveyard(records: Records, random: Random): Graveyard {
  const graves: Grave[] = [];

  async function poll({ fan, ticket, reason, since }: Grave): Promise<void> {
    const headers = { 'queue-token': ticket };
    const answer = await fan
      .send<QueueStatus>('GET', '/v1/queue-tokens/current', { headers })
      .catch(() => null);
    if (answer === null || answer.status !== 200) return;
    const { status, parked } = answer.body;
    records.count('old tickets', status);
    if (status !== 'WAITING' && status !== 'ACTIVE') return;
    const age = Math.round(performance.now() - since);
    records.complain(
      'a place that has ended stays ended',
      `${fan.userId} ${sequenceIn(ticket)} was ${reason} ${age} ms ago and is ${status}${parked ? ', parked' : ''}`,
    );
  }
  const loop = startLoop(async () => {
    await delay(POLL_EVERY_MS);
    const resting = graves.filter(({ since }) => performance.now() - since >= RESTS_AFTER_MS);
    if (resting.length > 0) await poll(random.pick(resting));
  });
  return {
    bury(fan, ticket, reason) {
      graves.push({ fan, ticket, reason, since: performance.now() });
      if (graves.length > GRAVES_MAX) graves.shift();
    },
    stop: () => loop.stop(),
  };
}
