import { ADMISSION_POLICY_DEFAULT } from '../../src/waiting-room/admission.ts';
import { between, createRandom } from './random.ts';
import type { Sale } from './simulated-sale.ts';

export const REGIMES = [
  'batch',
  'smooth',
  'abandonment',
  'cap',
  'cap smooth',
  'cap abandonment',
  'pause',
  'rate change',
  'cap change',
] as const;
export type Regime = (typeof REGIMES)[number];

/** A sale with a tenth of the default batch and of a usual crowd. What the regime does not fix is random. */
export function drawSale(regime: Regime, noShowShare: number, seed: number): Sale {
  const random = createRandom(
    seed * 104_729 + REGIMES.indexOf(regime) * 31 + Math.round(noShowShare * 1_000),
  );
  const draw = (from: number, to: number) => between(random, from, to);
  const isCapped = regime.startsWith('cap');
  const hasAbandonment = regime.endsWith('abandonment');
  const sessionMs = draw(80_000, 220_000);
  // Freed slots admit 60 to 120 per window, where the batch is 140.
  const maxActive = Math.round((draw(60, 120) * sessionMs) / 10_000);
  const crowd = {
    fans: Math.round(draw(6_000, 10_000) * (isCapped ? 0.8 : 1) * (hasAbandonment ? 1.3 : 1)),
    earlyShare: draw(0.3, 0.7),
    arrivalMs: draw(150_000, 350_000),
    noShowShare,
    returnShare: draw(0.2, 0.8),
    returnDelayMs: draw(20_000, 120_000),
    patienceMs: hasAbandonment ? draw(600_000, 2_400_000) : null,
    hastyShare: random() < 0.5 ? 0.2 : 0,
    sessionMs,
    sessionStages: Math.floor(draw(1, 5)),
    noShowSwing: draw(0, 0.3),
    sessionSwing: draw(0, 0.25),
    swingMs: draw(300_000, 900_000),
  };
  const policy = {
    ...ADMISSION_POLICY_DEFAULT,
    batchSize: 140,
    shape: regime.endsWith('smooth') ? ('smooth' as const) : ('batch' as const),
    maxActive: isCapped ? maxActive : null,
    claimTtlMs: random() < 0.5 ? 60_000 : 120_000,
    parkRetentionMs: 300_000,
  };
  return { policy, crowd, changes: drawChanges(regime, maxActive, draw) };
}

function drawChanges(regime: Regime, maxActive: number, draw: (from: number, to: number) => number) {
  if (regime === 'pause') {
    const atMs = draw(100_000, 250_000);
    return [
      { atMs, policy: { state: 'PAUSED' as const } },
      { atMs: atMs + draw(30_000, 150_000), policy: { state: 'RUNNING' as const } },
    ];
  }
  const atMs = draw(120_000, 300_000);
  if (regime === 'rate change') return [{ atMs, policy: { batchSize: Math.round(draw(80, 220)) } }];
  if (regime === 'cap change')
    return [{ atMs, policy: { maxActive: Math.round(maxActive * draw(0.7, 1.5)) } }];
  return [];
}
