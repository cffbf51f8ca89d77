import type { AdmissionPolicy } from '../../src/waiting-room/admission.ts';
import {
  type WaitEstimate,
  type WaitSample,
  calibrate,
  estimateWait,
  observe,
  paceOf,
  realisedWaitMs,
  sampleWait,
} from '../../src/waiting-room/wait-estimate/wait-estimate.ts';
import type { Fan, SimulatedRoom } from './simulated-room.ts';

/** What a fan was told. */
export type Telling = WaitEstimate & {
  readonly fan: Fan;
  readonly kind: 'join' | 'poll';
  readonly at: number;
};

/** Does what a process does that answers polls from its snapshots of the room. */
export type SimulatedWatch = {
  look(now: number, isOpen: boolean): void;
  tell(fan: Fan, kind: Telling['kind'], now: number): Telling;
  /** Keeps an estimate for the fan, unless one was kept just before. */
  sample(fan: Fan, now: number): void;
};

const SAMPLE_EVERY_MS = 1_000;

export function createSimulatedWatch(
  room: SimulatedRoom,
  policy: AdmissionPolicy,
  start: number,
): SimulatedWatch {
  let pace = paceOf(policy, start);
  let samples: { fan: Fan; sample: WaitSample }[] = [];
  let sampledAt = start;
  return {
    look(now, isOpen) {
      pace = observe(pace, room.look(now, isOpen));
      samples = samples.filter(({ fan, sample }) => {
        if (room.isInLine(fan)) return true;
        const realisedMs = room.hasLeft(fan) ? null : realisedWaitMs(pace, sample);
        if (realisedMs !== null) pace = calibrate(pace, sample, realisedMs);
        return false;
      });
    },
    tell: (fan, kind, now) => ({ fan, kind, at: now, ...estimateWait(pace, room.positionOf(fan), now) }),
    sample(fan, now) {
      if (now < sampledAt + SAMPLE_EVERY_MS) return;
      sampledAt = now;
      samples.push({ fan, sample: sampleWait(pace, room.positionOf(fan), now) });
    },
  };
}
