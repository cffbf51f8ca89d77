import { setTimeout as sleep } from 'node:timers/promises';
import { mapInBatches } from '@frontrow/tests/support/map-in-batches.ts';
import { type Random, createRandom } from '../../packages/domain/test/simulation/random.ts';
import type { Fan } from '@frontrow/tests/support/fan.ts';
import { expectOk } from '@frontrow/tests/support/operator.ts';
import { type Course, createCourse } from './course.ts';
import { type Pace, vary } from './pace.ts';
import type { Plan } from './plan.ts';
import { TRIES_MAX } from './simulate.ts';
import type { Stage } from './stage.ts';

const PRICE = 1_000;
/** How many fans join per second before the opening. */
const EARLY_JOINS_PER_SECOND = 300;
const EARLY_MIN_MS = 3_000;
/** A played sale ends after this time, whatever is left. */
export const PLAY_MAX_MS = 150_000;

type Played = {
  readonly pace: Pace;
  readonly concertId: string;
  readonly eventId: string;
  readonly opensAt: number;
  readonly record: ReturnType<typeof createRecord>;
};

/** Plays a sale with a bot for each fan against the servers of the stage. */
export async function playSale(stage: Stage, plan: Plan, seed: number): Promise<Course> {
  const { pace, seats } = plan;
  const bots = Array.from({ length: plan.fans }, (_, n) => stage.fan(`bot-${seed}-${n}`));
  await mapInBatches(bots, async (bot) => expectOk(await bot.charge(PRICE * pace.seatsPerFan)));

  const random = createRandom(seed);
  const early = bots.map(() => random() < pace.early);
  const earlyMs = EARLY_MIN_MS + (1_000 * early.filter(Boolean).length) / EARLY_JOINS_PER_SECOND;
  const opensAt = Date.now() + earlyMs;
  const date = { seatCount: seats, price: PRICE, reservationStartAt: new Date(opensAt).toISOString() };
  const sale = await stage.operator.openSale({ ...date, policy: plan.policy });
  const record = createRecord(seats);
  const stop = AbortSignal.any([AbortSignal.timeout(Math.ceil(earlyMs + PLAY_MAX_MS)), record.soldOut]);
  const played = { pace, ...sale, opensAt, record };
  await Promise.all(
    bots.map(async (bot, n) => {
      const joinsAt = opensAt + (early[n] ? -random() * (earlyMs - 500) : random() * pace.arriveMs);
      const own = createRandom(seed + n);
      await visit(played, bot, joinsAt, own, (ms) => sleep(ms, undefined, { signal: stop })).catch(
        (error: unknown) => {
          if (!stop.aborted) throw error;
        },
      );
    }),
  );
  return record.read();
}

type Pause = (ms: number) => Promise<unknown>;

async function visit(played: Played, bot: Fan, joinsAt: number, random: Random, pause: Pause): Promise<void> {
  const { pace, concertId, opensAt, record } = played;
  const staysAway = random() < pace.noShow;
  await pause(Math.max(0, joinsAt - Date.now()));
  const joined = expectOk(await bot.join(concertId));
  record.joined(Date.now() - opensAt);
  if (staysAway) return;
  const leavesAt = pace.patienceMs === null ? Infinity : Date.now() + vary(pace.patienceMs, random());
  let status = joined;
  while (status.status === 'WAITING') {
    await pause(status.pollAfterMs ?? 1_000);
    if (Date.now() > leavesAt) return void (await bot.leave());
    status = expectOk(await bot.status());
    record.polled(Date.now() - opensAt, 1);
  }
  if (status.status !== 'ACTIVE') return;
  record.admitted(joinsAt - opensAt, Date.now() - opensAt);
  await buy(played, bot, random, pause);
  await bot.leave();
}

async function buy(
  { pace, eventId, opensAt, record }: Played,
  bot: Fan,
  random: Random,
  pause: Pause,
): Promise<void> {
  for (let triesLeft = TRIES_MAX; triesLeft > 0; triesLeft -= 1) {
    await pause(vary(pace.chooseMs, random()));
    let held = await bot.holdBest(eventId, { count: pace.seatsPerFan });
    if (held.status === 409 && pace.seatsPerFan > 1) held = await bot.holdBest(eventId, { count: 1 });
    if (held.status === 409) continue;
    if (held.status !== 201) return; // the session is over
    await pause(vary(pace.payMs, random()));
    if (random() >= pace.pays) return void (await bot.cancel(held.body.id));
    if ((await bot.pay(held.body.id)).status === 201)
      record.sold(held.body.seatNumbers.length, Date.now() - opensAt);
    return;
  }
}

function createRecord(seats: number) {
  const course = createCourse(seats);
  const soldOut = new AbortController();
  return {
    ...course,
    soldOut: soldOut.signal,
    sold(count: number, now: number): void {
      if (course.sold(count, now)) soldOut.abort();
    },
  };
}
