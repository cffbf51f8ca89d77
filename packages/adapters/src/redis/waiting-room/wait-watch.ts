import { isRestoring, roomState } from '@frontrow/domain/waiting-room/admission.ts';
import {
  type Observation,
  type Pace,
  type WaitEstimate,
  type WaitSample,
  calibrate,
  estimateWait,
  observe,
  paceOf,
  realisedWaitMs,
  sampleWait,
} from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import type { RoomChanges } from './room-changes.ts';

/** A wait that has ended in admission, beside what was estimated when it still lasted `realisedMs`. */
export type OnWait = (wait: WaitEstimate & { readonly realisedMs: number }) => void;

/** Learns how fast a line moves from one snapshot to the next, and checks its own estimates. */
export type WaitWatch = {
  observe(news: RoomChanges, since: Pick<Observation, 'admitted' | 'admittedFromLine' | 'left'>): void;
  /** An estimate was asked for: from time to time one is kept until it can be compared with the wait. */
  sample(sequence: number, position: number): void;
  /** The fan has left: how long the wait would have been is not known. */
  forget(sequence: number): void;
  /** Null while nobody can be admitted. */
  estimate(position: number): WaitEstimate | null;
};

const SAMPLE_EVERY_MS = 1_000;
const SAMPLES_MAX = 2_000;

export function createWaitWatch(first: RoomChanges, onWait: OnWait): WaitWatch {
  let pace: Pace = paceOf(first.room.config.admission, first.asOf);
  let { asOf } = first;
  let isOpen = false;
  let sampledAt = -Infinity;
  /** By sequence. */
  const samples = new Map<number, WaitSample>();

  function settle(watermark: number): void {
    for (const [sequence, sample] of samples) {
      if (sequence > watermark) continue;
      samples.delete(sequence);
      const realisedMs = realisedWaitMs(pace, sample);
      if (realisedMs === null) continue;
      pace = calibrate(pace, sample, realisedMs);
      onWait({ medianMs: sample.medianMs, p90Ms: sample.p90Ms, realisedMs });
    }
  }

  return {
    observe(news, since) {
      const { room, waiting, active, parked } = news;
      ({ asOf } = news);
      isOpen = roomState(room, asOf) === 'OPEN' && !isRestoring(room, asOf);
      const policy = room.config.admission;
      pace = observe(pace, { asOf, isOpen, policy, window: room.window, waiting, active, parked, ...since });
      settle(news.watermark);
    },
    sample(sequence, position) {
      if (!isOpen || asOf < sampledAt + SAMPLE_EVERY_MS || samples.size >= SAMPLES_MAX) return;
      sampledAt = asOf;
      samples.set(sequence, sampleWait(pace, position, asOf));
    },
    forget: (sequence) => void samples.delete(sequence),
    estimate: (position) => (isOpen ? estimateWait(pace, position, asOf) : null),
  };
}
