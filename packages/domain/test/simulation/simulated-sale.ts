import { type AdmissionPolicy, pollAfterMs } from '../../src/waiting-room/admission.ts';
import { type Random, between } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { type Crowd, createCrowdMembers } from './simulated-crowd.ts';
import { type Fan, createSimulatedRoom } from './simulated-room.ts';
import { type GivenEstimate, createSimulatedTracker } from './simulated-tracker.ts';

export type Sale = {
  readonly policy: AdmissionPolicy;
  readonly crowd: Crowd;
  /** Changes of the policy, by time after the opening. */
  readonly changes: readonly { readonly atMs: number; readonly policy: Partial<AdmissionPolicy> }[];
};

/** An estimate with the wait that followed, without pauses; null for a fan who left. */
export type EstimatedWait = GivenEstimate & {
  readonly realisedMs: number | null;
  readonly admittedAt: number;
};

const STEP_MS = 50;
const BEFORE_MS = 2_000;
const LONGEST_MS = 3_600_000;
/** The others receive an estimate only when they join. */
const POLLING_FANS = 500;

/**
 * Simulates a sale from its opening at time 0 until the line is empty. Workers tick every 50 to 250 ms; once in 2,000 ticks
 * the next one is up to 5.5 s late, as after the crash of a worker. The room is observed every 250 to 290 ms.
 */
export function simulateSale({ policy, crowd, changes }: Sale, random: Random): EstimatedWait[] {
  const room = createSimulatedRoom(policy, crowd.fans);
  const scheduler = createScheduler(-BEFORE_MS, STEP_MS);
  const members = createCrowdMembers(crowd, room, scheduler, random);
  const tracker = createSimulatedTracker(room, policy, -BEFORE_MS);
  const admittedAt = new Float64Array(crowd.fans);
  const admittedOpenMs = new Float64Array(crowd.fans);
  const given: (GivenEstimate & { openMs: number })[] = [];
  let openMs = 0;
  let polling: Fan[] = [];
  const isOpen = (now: number): boolean => now >= 0 && room.policy.state === 'RUNNING';

  for (const change of changes) {
    scheduler.schedule(change.atMs, () => (room.policy = { ...room.policy, ...change.policy }));
  }

  function join(now: number): void {
    const fan = members.join(now);
    if (now > 0 && isOpen(now)) given.push({ ...tracker.estimate(fan, 'join', now), openMs });
    if (fan % Math.ceil(crowd.fans / POLLING_FANS) > 0) return;
    scheduler.schedule(now + between(random, 1_000, 20_000), () => polling.push(fan));
  }

  function tick(now: number): void {
    for (const { fan, isFromLine } of isOpen(now) ? room.admit(now) : []) {
      if (isFromLine) [admittedAt[fan], admittedOpenMs[fan]] = [now, openMs];
      members.admit(fan, isFromLine, now);
    }
  }

  function answerPolls(now: number): void {
    const fans = polling.filter((fan) => room.isInLine(fan));
    polling = [];
    for (const fan of fans) {
      const estimate = isOpen(now) ? tracker.estimate(fan, 'poll', now) : null;
      if (estimate !== null) {
        given.push({ ...estimate, openMs });
        tracker.sample(fan, now);
      }
      scheduler.schedule(now + pollAfterMs(estimate?.medianMs ?? null, random()), () => polling.push(fan));
    }
  }

  let [joined, nextTickAt, nextObservationAt] = [0, 0, -BEFORE_MS];
  for (let now = -BEFORE_MS; now < LONGEST_MS; now += STEP_MS) {
    scheduler.run(now);
    for (; joined < crowd.fans && members.joinsAt[joined]! <= now; joined += 1) join(now);
    if (now >= nextTickAt) {
      tick(now);
      const lateMs = random() < 0.0005 ? between(random, 500, 5_500) : 0;
      nextTickAt = now + between(random, 50, 250) + lateMs;
    }
    if (now >= nextObservationAt) {
      tracker.observe(now, isOpen(now));
      answerPolls(now);
      nextObservationAt = now + between(random, 250, 290);
    }
    if (isOpen(now)) openMs += STEP_MS;
    if (joined === crowd.fans && room.waiting() === 0) break;
  }
  return given.map(({ openMs: givenOpenMs, ...estimate }) => {
    const { fan } = estimate;
    const realisedMs = room.hasLeft(fan) ? null : admittedOpenMs[fan]! - givenOpenMs;
    return { ...estimate, realisedMs, admittedAt: admittedAt[fan]! };
  });
}
