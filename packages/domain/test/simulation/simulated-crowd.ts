import { type Random, exponential } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Fan, SimulatedRoom } from './simulated-room.ts';

/** The behaviour of the fans of a sale. Times are means of exponential distributions, those of sessions Erlang. */
export type Crowd = {
  readonly fans: number;
  /** The share that joins before the sale opens; the others join this long after it. */
  readonly earlyShare: number;
  readonly arrivalMs: number;
  readonly noShowShare: number;
  readonly returnShare: number;
  readonly returnDelayMs: number;
  /** How long a fan waits before leaving the line, null for ever; a share has a patience of `HASTY_MS`. */
  readonly patienceMs: number | null;
  readonly hastyShare: number;
  readonly sessionMs: number;
  readonly sessionStages: number;
  /** Amplitudes, as shares, and period of the sine by which no-shows and sessions vary during the sale. */
  readonly noShowSwing: number;
  readonly sessionSwing: number;
  readonly swingMs: number;
};

const HASTY_MS = 60_000;
const CLAIM_MAX_MS = 12_000;

export type CrowdMembers = {
  /** By fan, in ms after the opening. */
  readonly joinsAt: Float64Array;
  join(now: number): Fan;
  admit(fan: Fan, isFromLine: boolean, now: number): void;
};

export function createCrowdMembers(
  crowd: Crowd,
  room: SimulatedRoom,
  scheduler: Scheduler,
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

  /** The place is parked at the end of the claim window, and returns later or ends. */
  function missAdmission(fan: Fan, now: number): void {
    const { claimTtlMs, parkRetentionMs } = room.policy;
    scheduler.schedule(now + claimTtlMs, (parkedAt) => {
      room.park();
      const delayMs = exponential(random, crowd.returnDelayMs);
      if (random() < crowd.returnShare && delayMs < parkRetentionMs) {
        scheduler.schedule(parkedAt + delayMs, () => room.returnParked(fan));
      } else scheduler.schedule(parkedAt + parkRetentionMs, () => room.endParked());
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
        scheduler.schedule(now + exponential(random, patienceMs), () => {
          if (room.isInLine(fan)) room.leave(fan);
        });
      }
      return fan;
    },
    admit(fan, isFromLine, now) {
      if (isFromLine && random() < crowd.noShowShare * (1 + crowd.noShowSwing * swing(now))) {
        missAdmission(fan, now);
      } else scheduler.schedule(now + random() * CLAIM_MAX_MS + sessionMs(now), () => room.endActive());
    },
  };
}
