import type { Agenda } from './agenda.ts';
import { type Random, exponential } from './random.ts';
import type { Fan, SimulatedRoom } from './simulated-room.ts';

/** How the fans of a sale behave; the means are those of exponential or Erlang distributions. */
export type Crowd = {
  readonly fans: number;
  /** The share that joins before the sale opens, and how long after it the others do on average. */
  readonly earlyShare: number;
  readonly arrivalMs: number;
  readonly noShowShare: number;
  readonly returnShare: number;
  readonly returnDelayMs: number;
  /** How long one stands in line before leaving it; null for ever. A share is hastier. */
  readonly patienceMs: number | null;
  readonly hastyShare: number;
  readonly sessionMs: number;
  readonly sessionStages: number;
  /** No-shows and sessions swing about their means as the sale goes on: by this share, in this period. */
  readonly noShowSwing: number;
  readonly sessionSwing: number;
  readonly swingMs: number;
};

const HASTY_MS = 60_000;
const CLAIM_MAX_MS = 12_000;

export type CrowdMembers = {
  /** When each joins, after the opening; in order. */
  readonly joinsAt: Float64Array;
  join(now: number): Fan;
  admit(fan: Fan, isFromLine: boolean, now: number): void;
};

/** The fans, who act upon the room by what they plan. */
export function createCrowdMembers(
  crowd: Crowd,
  room: SimulatedRoom,
  agenda: Agenda,
  random: Random,
): CrowdMembers {
  const swingStart = random() * 2 * Math.PI;
  const swing = (now: number) => Math.sin(swingStart + (2 * Math.PI * now) / crowd.swingMs);

  function sessionMs(now: number): number {
    let stagesMs = 0;
    for (let stage = 0; stage < crowd.sessionStages; stage += 1) {
      stagesMs += exponential(random, crowd.sessionMs / crowd.sessionStages);
    }
    return Math.min(room.policy.sessionTtlMs, stagesMs * (1 + crowd.sessionSwing * swing(now)));
  }

  /** Is parked once the claim window is over, and then comes back or does not. */
  function missAdmission(fan: Fan, now: number): void {
    const { claimTtlMs, parkRetentionMs } = room.policy;
    agenda.plan(now + claimTtlMs, (parkedAt) => {
      room.park();
      const delayMs = exponential(random, crowd.returnDelayMs);
      if (random() < crowd.returnShare && delayMs < parkRetentionMs) {
        agenda.plan(parkedAt + delayMs, () => room.comeBack(fan));
      } else agenda.plan(parkedAt + parkRetentionMs, () => room.forget());
    });
  }

  return {
    joinsAt: Float64Array.from({ length: crowd.fans }, () =>
      random() < crowd.earlyShare ? 0 : exponential(random, crowd.arrivalMs) % (3 * crowd.arrivalMs),
    ).toSorted(),
    join(now) {
      const fan = room.join();
      if (crowd.patienceMs !== null) {
        const patienceMs = random() < crowd.hastyShare ? HASTY_MS : crowd.patienceMs;
        agenda.plan(now + exponential(random, patienceMs), () => {
          if (room.isInLine(fan)) room.leave(fan);
        });
      }
      return fan;
    },
    admit(fan, isFromLine, now) {
      if (isFromLine && random() < crowd.noShowShare * (1 + crowd.noShowSwing * swing(now))) {
        missAdmission(fan, now);
      } else agenda.plan(now + random() * CLAIM_MAX_MS + sessionMs(now), () => room.end());
    },
  };
}
