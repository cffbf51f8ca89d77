import { pollAfterMs } from '@frontrow/domain/waiting-room/admission.ts';
import { type Random, between, createRandom } from '../../packages/domain/test/simulation/random.ts';
import { type Scheduler, createScheduler } from '../../packages/domain/test/simulation/scheduler.ts';
import {
  type Fan,
  type SimulatedRoom,
  createSimulatedRoom,
} from '../../packages/domain/test/simulation/simulated-room.ts';
import { type Course, type CourseRecorder, createCourse, pollsPerSecond } from './course.ts';
import { vary } from './pace.ts';
import type { Plan } from './plan.ts';
import { type Limits, createSimulatedSeats } from './simulated-seats.ts';

const STEP_MS = 50;
const LONGEST_MS = 6 * 3_600_000;
/** A fan who finds no seat looks again this often; others may give theirs back. */
export const TRIES_MAX = 3;

/**
 * Simulates a sale from its opening at time 0 until its seats are sold or nobody is left, by the admission rules of the
 * domain. Workers tick every 50 to 250 ms. A fan notices the admission with the next poll, which is at most about a second later.
 */
export function simulateSale(plan: Plan, limits: Limits, seed: number): Course {
  const { admission } = plan.policy;
  const random = createRandom(seed);
  const scheduler = createScheduler(0, STEP_MS);
  const sale = {
    plan,
    random,
    scheduler,
    room: createSimulatedRoom(admission, plan.fans),
    seats: createSimulatedSeats(plan.seats, limits),
    course: createCourse(plan.seats),
    joinsAt: drawJoins(plan, random),
  };
  const { room, seats, course } = sale;
  const fans = createFans(sale);
  const admittedPerSecond = (admission.batchSize * 1_000) / admission.intervalMs;
  let nextTickAt = 0;
  for (let now = 0; now < LONGEST_MS; now += STEP_MS) {
    scheduler.run(now);
    fans.join(now);
    if (now >= nextTickAt) {
      const inventory = { sellable: seats.free(), holders: seats.holders(), countedAt: now };
      for (const { fan } of room.admit(now, inventory)) fans.admit(fan, now);
      nextTickAt = now + between(random, 50, 250);
    }
    if (now % 1_000 === 0) course.polled(now, pollsPerSecond(room.waiting(), admittedPerSecond));
    if (seats.isSoldOut() || fans.areGone()) break;
  }
  return course.read();
}

type SimulatedSale = {
  readonly plan: Plan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly room: SimulatedRoom;
  readonly seats: ReturnType<typeof createSimulatedSeats>;
  readonly course: CourseRecorder;
  readonly joinsAt: Float64Array;
};

/** The fans of a sale: what each does after the join and after the admission, until they leave. */
function createFans({ plan, random, scheduler, room, seats, course, joinsAt }: SimulatedSale) {
  const { pace } = plan;
  const { admission, hold } = plan.policy;
  let [joined, present] = [0, 0];

  function end(): void {
    room.endActive();
    present -= 1;
  }

  function wait(fan: Fan, now: number): void {
    if (pace.patienceMs === null) return;
    scheduler.schedule(now + vary(pace.patienceMs, random()), () => {
      if (!room.isInLine(fan)) return;
      room.leave(fan);
      present -= 1;
    });
  }

  function miss(now: number): void {
    scheduler.schedule(now + admission.claimTtlMs, () => {
      room.park();
      present -= 1;
      scheduler.schedule(now + admission.claimTtlMs + admission.parkRetentionMs, () => room.endParked());
    });
  }

  function choose(from: number, sessionEndsAt: number, triesLeft: number): void {
    const chosenAt = from + vary(pace.chooseMs, random());
    if (chosenAt > sessionEndsAt || triesLeft === 0)
      return scheduler.schedule(Math.min(from, sessionEndsAt), end);
    scheduler.schedule(chosenAt, (now) => {
      const count = seats.hold(pace.seatsPerFan);
      if (count === 0) return choose(now, sessionEndsAt, triesLeft - 1);
      const payMs = vary(pace.payMs, random());
      if (payMs < hold.ttlMs) return scheduler.schedule(now + payMs, (decidedAt) => decide(count, decidedAt));
      scheduler.schedule(now + hold.ttlMs, () => seats.release(count));
      scheduler.schedule(now + payMs, end);
    });
  }

  function decide(count: number, now: number): void {
    if (random() >= pace.pays) {
      seats.release(count);
      return end();
    }
    scheduler.schedule(seats.paidAt(now), (paidAt) => {
      seats.sell(count);
      course.sold(count, paidAt);
      end();
    });
  }

  return {
    /** Lets those come whose time it is. */
    join(now: number): void {
      for (; joined < plan.fans && joinsAt[joined]! <= now; joined += 1) {
        present += 1;
        course.joined(joinsAt[joined]!);
        wait(room.join(), now);
      }
    },
    admit(fan: Fan, now: number): void {
      if (random() < pace.noShow) return miss(now);
      const noticedAt = now + random() * pollAfterMs(0, random());
      course.admitted(joinsAt[fan]!, noticedAt);
      choose(noticedAt, noticedAt + admission.sessionTtlMs, TRIES_MAX);
    },
    areGone: () => joined === plan.fans && present === 0,
  };
}

/** When each fan joins, in ms after the opening, ascending. The early ones come as evenly as the others. */
function drawJoins({ pace, fans }: Plan, random: Random): Float64Array {
  return Float64Array.from(
    { length: fans },
    () => (random() < pace.early ? -1 : 1) * random() * pace.arriveMs,
  ).toSorted();
}
