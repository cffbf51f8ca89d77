import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import { type Pace, quicken } from './pace.ts';

/** A sale: how many fans come for how many seats, under which policy, and how they behave. */
export type Plan = {
  readonly policy: Pick<Policy, 'admission' | 'hold'>;
  readonly pace: Pace;
  readonly fans: number;
  readonly seats: number;
};

/** How the played sale differs from the planned one. */
type Scale = {
  /** Its share of the fans, seats and admissions. */
  readonly share: number;
  /** How many times faster it runs. */
  readonly speed: number;
};

/** How many bots one machine plays beside the servers. */
const BOTS_MAX = 3_000;

/**
 * The share of a plan that this machine plays: at most `BOTS_MAX` fans, and a whole number of places in each window, so that
 * the rate of admission shrinks by exactly the same share. A window of one place cannot shrink; then fewer fans come.
 */
export function shareToPlay({ fans, policy }: Plan): number {
  const { batchSize } = policy.admission;
  return Math.min(1, Math.max(1, Math.floor((BOTS_MAX / fans) * batchSize)) / batchSize);
}

/** A worker admits about every 200 ms, and a fan polls about every second: shorter times would be theirs, not the policy's. */
const WINDOW_MIN_MS = 250;
const CLAIM_MIN_MS = 5_000;

/** How many times faster than planned a sale may run. */
export function speedMax({ policy }: Plan): number {
  const { intervalMs, claimTtlMs } = policy.admission;
  return Math.max(1, Math.min(intervalMs / WINDOW_MIN_MS, claimTtlMs / CLAIM_MIN_MS));
}

export function scalePlan({ policy, pace, fans, seats }: Plan, { share, speed }: Scale): Plan {
  const { admission, hold } = policy;
  const quicker = (ms: number) => Math.max(1, Math.round(ms / speed));
  return {
    policy: {
      admission: {
        ...admission,
        batchSize: Math.round(admission.batchSize * share),
        maxActive: admission.maxActive === null ? null : Math.max(1, Math.round(admission.maxActive * share)),
        intervalMs: quicker(admission.intervalMs),
        sessionTtlMs: quicker(admission.sessionTtlMs),
        claimTtlMs: quicker(admission.claimTtlMs),
        parkRetentionMs: quicker(admission.parkRetentionMs),
      },
      hold: { ...hold, ttlMs: quicker(hold.ttlMs) },
    },
    pace: quicken(pace, speed),
    fans: Math.min(BOTS_MAX, Math.round(fans * share)),
    seats: Math.max(1, Math.round(seats * share)),
  };
}
