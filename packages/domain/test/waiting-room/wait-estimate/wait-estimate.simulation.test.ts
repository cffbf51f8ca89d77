import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../simulation/random.ts';
import { REGIMES, type Regime, drawSale } from '../../simulation/sales.ts';
import { type Sale, type Told, simulateSale } from '../../simulation/simulated-sale.ts';

/** The constants of the estimate were chosen on 10 % and 30 % no-shows and seeds below 100. */
const NO_SHOW_SHARES = [0.05, 0.2, 0.45];
const KINDS = ['join', 'poll'] as const;
const FIRST_SEED = 3_001;
const SALES_PER_SCENARIO = 10;
const WARM_UP_WINDOWS = 5;

type Wait = Told & { readonly realisedMs: number };
type Scenario = { regime: Regime; noShowShare: number; kind: Told['kind']; waits: Wait[] };

/**
 * What was told after a warm-up of a few windows, also after a change of the rate, to those who then waited for more
 * than a window. Nobody can foretell a change: what was told before it is left out unless the wait was over by then.
 */
function judged(told: readonly Told[], { policy, changes }: Sale): Wait[] {
  const warmUpMs = WARM_UP_WINDOWS * policy.intervalMs;
  const rateChanges = changes.filter((change) => change.policy.state === undefined);
  return told.filter(
    (wait): wait is Wait =>
      wait.realisedMs !== null &&
      wait.realisedMs > policy.intervalMs &&
      wait.at >= warmUpMs &&
      rateChanges.every(({ atMs }) => wait.at >= atMs + warmUpMs || wait.admittedAt < atMs),
  );
}

function simulate(regime: Regime, noShowShare: number): Scenario[] {
  const waits = Array.from({ length: SALES_PER_SCENARIO }, (_, index) => {
    const sale = drawSale(regime, noShowShare, FIRST_SEED + index);
    return judged(simulateSale(sale, createRandom(FIRST_SEED + index)), sale);
  }).flat();
  return KINDS.map((kind) => {
    return { regime, noShowShare, kind, waits: waits.filter((wait) => wait.kind === kind) };
  });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function covered(waits: readonly Wait[]): number {
  return waits.filter(({ realisedMs, p90Ms }) => realisedMs <= p90Ms).length / waits.length;
}

/** Half the waits were estimated with a smaller error, in proportion to the wait. */
function medianError(waits: readonly Wait[]): number {
  return median(waits.map(({ realisedMs, medianMs }) => Math.abs(realisedMs - medianMs) / realisedMs));
}

function row(name: string, waits: readonly Wait[]): string {
  const numbers = [
    covered(waits),
    medianError(waits),
    median(waits.map(({ realisedMs, medianMs }) => medianMs / realisedMs)),
    median(waits.map(({ medianMs, p90Ms }) => p90Ms / medianMs)),
  ];
  return [name.padEnd(22), String(waits.length), ...numbers.map((number) => number.toFixed(2))].join('\t');
}

describe('the estimate over simulated sales', () => {
  let scenarios: Scenario[] = [];

  function pool(isIn: (scenario: Scenario) => boolean): Wait[] {
    return scenarios.filter(isIn).flatMap(({ waits }) => waits);
  }

  beforeAll(() => {
    scenarios = REGIMES.flatMap((regime) => NO_SHOW_SHARES.flatMap((share) => simulate(regime, share)));
    const rows = scenarios.map((s) => row(`${s.regime} ${s.noShowShare * 100} % ${s.kind}`, s.waits));
    console.log(['scenario              \twaits\t≤ p90\terror\tbias\tp90/median', ...rows].join('\n'));
  }, 300_000);

  it.each(NO_SHOW_SHARES.flatMap((share) => KINDS.map((kind) => ({ share, kind }))))(
    'has 85 to 95 % of the waits under the p90 told at a $kind, with $share of no-shows',
    ({ share, kind }) => {
      const share90 = covered(pool((scenario) => scenario.noShowShare === share && scenario.kind === kind));
      expect(share90).toBeGreaterThanOrEqual(0.85);
      expect(share90).toBeLessThanOrEqual(0.95);
    },
  );

  it.each(REGIMES)('has 85 to 95 %% of the waits under the p90 in the regime %s', (regime) => {
    const share90 = covered(pool((scenario) => scenario.regime === regime));
    expect(share90).toBeGreaterThanOrEqual(0.85);
    expect(share90).toBeLessThanOrEqual(0.95);
  });

  it('errs by at most 20 % in the median, in every scenario', () => {
    for (const { waits } of scenarios) {
      expect(waits.length).toBeGreaterThan(1_000);
      expect(medianError(waits)).toBeLessThanOrEqual(0.2);
    }
  });

  it('never tells a p90 of more than twice the median', () => {
    const ratios = pool(() => true).map(({ medianMs, p90Ms }) => p90Ms / medianMs);
    expect(ratios.reduce((max, ratio) => Math.max(max, ratio))).toBeLessThanOrEqual(2);
  });
});
