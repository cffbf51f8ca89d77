import { pollAfterMs } from '@frontrow/domain/waiting-room/admission.ts';
import { type Random, between, createRandom } from '../../packages/domain/test/simulation/random.ts';
import { createScheduler } from '../../packages/domain/test/simulation/scheduler.ts';
import { type Fan, createSimulatedRoom } from '../../packages/domain/test/simulation/simulated-room.ts';
import { type Course, createCourse, pollsPerSecond } from './course.ts';
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
  const { pace, fans } = plan;
  const { admission, hold } = plan.policy;
  const random = createRandom(seed);
  const room = createSimulatedRoom(admission, fans);
  const scheduler = createScheduler(0, STEP_MS);
  const seats = createSimulatedSeats(plan.seats, limits);
  const course = createCourse(plan.seats);
  const admittedPerSecond = (admission.batchSize * 1_000) / admission.intervalMs;
  const joinsAt = drawJoins(plan, random);
  let present = 0;

  function end(): void {
    room.endActive();
    present -= 1;
  }

  function join(now: number): void {
    const fan = room.join();
    present += 1;
    course.joined(joinsAt[fan]!);
    if (pace.patienceMs === null) return;
    scheduler.schedule(now + vary(pace.patienceMs, random()), () => {
      if (!room.isInLine(fan)) return;
      room.leave(fan);
      present -= 1;
    });
  }

  function admit(fan: Fan, now: number): void {
    if (random() < pace.noShow) return miss(now);
    const noticedAt = now + random() * pollAfterMs(0, random());
    course.admitted(joinsAt[fan]!, noticedAt);
    const sessionEndsAt = noticedAt + admission.sessionTtlMs;
    choose(noticedAt, sessionEndsAt, TRIES_MAX);
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

  let [joined, nextTickAt] = [0, 0];
  for (let now = 0; now < LONGEST_MS; now += STEP_MS) {
    scheduler.run(now);
    for (; joined < fans && joinsAt[joined]! <= now; joined += 1) join(now);
    if (now >= nextTickAt) {
      const inventory = { sellable: seats.free(), holders: seats.holders(), countedAt: now };
      for (const { fan } of room.admit(now, inventory)) admit(fan, now);
      nextTickAt = now + between(random, 50, 250);
    }
    if (now % 1_000 === 0) course.polled(now, pollsPerSecond(room.waiting(), admittedPerSecond));
    if (seats.isSoldOut() || (joined === fans && present === 0)) break;
  }
  return course.read();
}

/** When each fan joins, in ms after the opening, ascending. The early ones come as evenly as the others. */
function drawJoins({ pace, fans }: Plan, random: Random): Float64Array {
  return Float64Array.from(
    { length: fans },
    () => (random() < pace.early ? -1 : 1) * random() * pace.arriveMs,
  ).toSorted();
}
