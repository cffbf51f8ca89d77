import { beforeAll, describe, expect, it } from 'vitest';
import {
  KINDS,
  NO_SHOW_SHARES,
  type Scenario,
  type Wait,
  coverage,
  medianError,
  poolWaits,
  simulateScenarios,
} from '../../simulation/calibration.ts';
import { REGIMES } from '../../simulation/sales.ts';

describe('the estimate over simulated sales', () => {
  let scenarios: Scenario[] = [];

  function pool(isIn: (scenario: Scenario) => boolean): Wait[] {
    return poolWaits(scenarios.filter(isIn));
  }

  beforeAll(() => {
    scenarios = simulateScenarios();
  });

  it.each(NO_SHOW_SHARES.flatMap((share) => KINDS.map((kind) => ({ share, kind }))))(
    'has 85 to 95 % of the waits within the p90 given at a $kind, with $share of no-shows',
    ({ share, kind }) => {
      const covered = coverage(pool((scenario) => scenario.noShowShare === share && scenario.kind === kind));
      expect(covered).toBeGreaterThanOrEqual(0.85);
      expect(covered).toBeLessThanOrEqual(0.95);
    },
  );

  it.each(REGIMES)('has 85 to 95 %% of the waits within the p90 in the regime %s', (regime) => {
    const covered = coverage(pool((scenario) => scenario.regime === regime));
    expect(covered).toBeGreaterThanOrEqual(0.85);
    expect(covered).toBeLessThanOrEqual(0.95);
  });

  it('has a median error of at most 20 % in every scenario', () => {
    for (const { waits } of scenarios) {
      expect(waits.length).toBeGreaterThan(1_000);
      expect(medianError(waits)).toBeLessThanOrEqual(0.2);
    }
  });

  it('never gives a p90 of more than twice the median', () => {
    const ratios = pool(() => true).map(({ medianMs, p90Ms }) => p90Ms / medianMs);
    expect(ratios.reduce((max, ratio) => Math.max(max, ratio))).toBeLessThanOrEqual(2);
  });
});
