import { createRandom } from './random.ts';
import { REGIMES, type Regime, drawSale } from './sales.ts';
import { type EstimatedWait, type Sale, simulateSale } from './simulated-sale.ts';

export const NO_SHOW_SHARES = [0.05, 0.2, 0.45];
export const KINDS = ['join', 'poll'] as const;
const FIRST_SEED = 3_001;
const SALES_PER_SCENARIO = 10;
const WARM_UP_WINDOWS = 5;

export type Wait = EstimatedWait & { readonly realisedMs: number };
export type Scenario = {
  readonly regime: Regime;
  readonly noShowShare: number;
  readonly kind: EstimatedWait['kind'];
  readonly waits: readonly Wait[];
};

export function simulateScenarios(firstSeed = FIRST_SEED): Scenario[] {
  return REGIMES.flatMap((regime) => NO_SHOW_SHARES.flatMap((share) => simulate(regime, share, firstSeed)));
}

function simulate(regime: Regime, noShowShare: number, firstSeed: number): Scenario[] {
  const waits = Array.from({ length: SALES_PER_SCENARIO }, (_, index) => {
    const sale = drawSale(regime, noShowShare, firstSeed + index);
    return judgedWaits(simulateSale(sale, createRandom(firstSeed + index)), sale);
  }).flat();
  return KINDS.map((kind) => {
    return { regime, noShowShare, kind, waits: waits.filter((wait) => wait.kind === kind) };
  });
}

/**
 * The estimates of waits longer than a window, given at least five windows after the opening and after the last change of
 * the rate. A change cannot be predicted: an estimate before it counts only if its wait was over by then.
 */
function judgedWaits(estimated: readonly EstimatedWait[], { policy, changes }: Sale): Wait[] {
  const warmUpMs = WARM_UP_WINDOWS * policy.intervalMs;
  const rateChanges = changes.filter((change) => change.policy.state === undefined);
  return estimated.filter(
    (wait): wait is Wait =>
      wait.realisedMs !== null &&
      wait.realisedMs > policy.intervalMs &&
      wait.at >= warmUpMs &&
      rateChanges.every(({ atMs }) => wait.at >= atMs + warmUpMs || wait.admittedAt < atMs),
  );
}

/** The share of waits no longer than their p90. */
export function coverage(waits: readonly Wait[]): number {
  return waits.filter(({ realisedMs, p90Ms }) => realisedMs <= p90Ms).length / waits.length;
}

/** The median of the relative error |median - wait| / wait. */
export function medianError(waits: readonly Wait[]): number {
  return median(waits.map(({ realisedMs, medianMs }) => Math.abs(realisedMs - medianMs) / realisedMs));
}

/** The median of median / wait. */
export function bias(waits: readonly Wait[]): number {
  return median(waits.map(({ realisedMs, medianMs }) => medianMs / realisedMs));
}

/** The median of p90 / median. */
export function width(waits: readonly Wait[]): number {
  return median(waits.map(({ medianMs, p90Ms }) => p90Ms / medianMs));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export function poolWaits(scenarios: readonly Scenario[]): Wait[] {
  return scenarios.flatMap(({ waits }) => waits);
}
