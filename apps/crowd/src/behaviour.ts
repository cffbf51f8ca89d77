import { type Random, between, pickWeighted } from './random.ts';

/** What a bot does during its visit. Every duration is in ms, at the pace of a person. */
export type Behaviour = {
  /** After the start of the crowd. */
  readonly arrivesAfterMs: number;
  /** How long it waits to be admitted; null for as long as the crowd runs. */
  readonly waitsMaxMs: number | null;
  /** A bot whose patience ends leaves the line, or closes its tab and keeps a place to which it does not return. */
  readonly endsWaitBy: 'LEFT_THE_LINE' | 'CLOSED_THE_TAB';
  readonly seatCount: number;
  readonly choosesBy: 'MAP' | 'BEST_AVAILABLE';
  /** How long it looks at the seats before a choice. */
  readonly looksMs: number;
  /** How often it chooses at most: each lost race is one. */
  readonly choicesMax: number;
  /** What it does with seats that it holds. */
  readonly decision: 'PAY' | 'EXTEND_AND_PAY' | 'CANCEL' | 'LET_LAPSE';
  /** How long it hesitates before the decision. */
  readonly hesitatesMs: number;
  /** How long after the payment it asks for a refund; null for never. */
  readonly refundsAfterMs: number | null;
};

const BURST_MS = 6_000;
const TRICKLE_MS = 90_000;

/** The behaviour of one bot. Draws the same numbers in the same order for every bot. */
export function drawBehaviour(random: Random): Behaviour {
  const isInBurst = random() < 0.6;
  const arrivesAfterMs = between(random, 0, isInBurst ? BURST_MS : TRICKLE_MS);
  const isPatient = random() < 0.85;
  const patienceMs = between(random, 20_000, 120_000);
  const endsWaitBy = pickWeighted(random, [
    ['LEFT_THE_LINE', 2],
    ['CLOSED_THE_TAB', 1],
  ] as const);
  const seatCount = pickWeighted(random, [
    [1, 20],
    [2, 55],
    [3, 10],
    [4, 15],
  ]);
  const choosesBy = pickWeighted(random, [
    ['MAP', 3],
    ['BEST_AVAILABLE', 1],
  ] as const);
  const looksMs = between(random, 4_000, 18_000);
  const choicesMax = Math.floor(between(random, 2, 6));
  const decision = pickWeighted(random, [
    ['PAY', 72],
    ['EXTEND_AND_PAY', 6],
    ['CANCEL', 12],
    ['LET_LAPSE', 10],
  ] as const);
  const hesitatesMs = between(random, 4_000, 22_000);
  const isSatisfied = random() < 0.93;
  const regretMs = between(random, 8_000, 40_000);
  return {
    arrivesAfterMs,
    waitsMaxMs: isPatient ? null : patienceMs,
    endsWaitBy,
    seatCount,
    choosesBy,
    looksMs,
    choicesMax,
    decision,
    hesitatesMs,
    refundsAfterMs: isSatisfied ? null : regretMs,
  };
}
