import { type AdmissionPolicy, pollAfterMs } from '../../src/waiting-room/admission.ts';
import { createAgenda } from './agenda.ts';
import { type Random, between } from './random.ts';
import { type Crowd, createCrowdMembers } from './simulated-crowd.ts';
import { type Fan, createSimulatedRoom } from './simulated-room.ts';
import { type Telling, createSimulatedWatch } from './simulated-watch.ts';

export type Sale = {
  readonly policy: AdmissionPolicy;
  readonly crowd: Crowd;
  /** What is changed of the policy while the sale goes on, by time after its opening. */
  readonly changes: readonly { readonly atMs: number; readonly policy: Partial<AdmissionPolicy> }[];
};

/** What a fan was told, and how long it then took while the room was open; null for one who left. */
export type Told = Telling & { readonly realisedMs: number | null; readonly admittedAt: number };

const STEP_MS = 50;
const BEFORE_MS = 2_000;
const LONGEST_MS = 3_600_000;
/** Of every sale so many fans poll; the others ask only on joining. */
const POLLING_FANS = 500;

/**
 * A sale from its opening at time 0 until the line is empty. Workers tick every 50 to 250 ms, and now and then one is
 * killed and the next takes some seconds; snapshots of the room are taken every 250 to 290 ms.
 */
export function simulateSale({ policy, crowd, changes }: Sale, random: Random): Told[] {
  const room = createSimulatedRoom(policy, crowd.fans);
  const agenda = createAgenda(-BEFORE_MS, STEP_MS);
  const members = createCrowdMembers(crowd, room, agenda, random);
  const watch = createSimulatedWatch(room, policy, -BEFORE_MS);
  const admittedAt = new Float64Array(crowd.fans);
  const admittedOpenMs = new Float64Array(crowd.fans);
  const told: (Telling & { openMs: number })[] = [];
  let openMs = 0;
  let asking: Fan[] = [];
  const isOpen = (now: number): boolean => now >= 0 && room.policy.state === 'RUNNING';

  for (const change of changes) {
    agenda.plan(change.atMs, () => (room.policy = { ...room.policy, ...change.policy }));
  }

  function join(now: number): void {
    const fan = members.join(now);
    if (now > 0 && isOpen(now)) told.push({ ...watch.tell(fan, 'join', now), openMs });
    if (fan % Math.ceil(crowd.fans / POLLING_FANS) > 0) return;
    agenda.plan(now + between(random, 1_000, 20_000), () => asking.push(fan));
  }

  function tick(now: number): void {
    for (const { fan, isFromLine } of isOpen(now) ? room.admit(now) : []) {
      if (isFromLine) [admittedAt[fan], admittedOpenMs[fan]] = [now, openMs];
      members.admit(fan, isFromLine, now);
    }
  }

  function answerPolls(now: number): void {
    const fans = asking.filter((fan) => room.isInLine(fan));
    asking = [];
    for (const fan of fans) {
      const answer = isOpen(now) ? watch.tell(fan, 'poll', now) : null;
      if (answer !== null) {
        told.push({ ...answer, openMs });
        watch.sample(fan, now);
      }
      agenda.plan(now + pollAfterMs(answer?.medianMs ?? null, random()), () => asking.push(fan));
    }
  }

  let [joined, nextTick, nextSnapshot] = [0, 0, -BEFORE_MS];
  for (let now = -BEFORE_MS; now < LONGEST_MS; now += STEP_MS) {
    agenda.advance(now);
    for (; joined < crowd.fans && members.joinsAt[joined]! <= now; joined += 1) join(now);
    if (now >= nextTick) {
      tick(now);
      const killedMs = random() < 0.0005 ? between(random, 500, 5_500) : 0;
      nextTick = now + between(random, 50, 250) + killedMs;
    }
    if (now >= nextSnapshot) {
      watch.look(now, isOpen(now));
      answerPolls(now);
      nextSnapshot = now + between(random, 250, 290);
    }
    if (isOpen(now)) openMs += STEP_MS;
    if (joined === crowd.fans && room.waiting() === 0) break;
  }
  return told.map(({ openMs: toldOpenMs, ...telling }) => {
    const realisedMs = room.hasLeft(telling.fan) ? null : admittedOpenMs[telling.fan]! - toldOpenMs;
    return { ...telling, realisedMs, admittedAt: admittedAt[telling.fan]! };
  });
}
