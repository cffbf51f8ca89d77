export type HoldPolicy = {
  /** How long a hold lasts, in ms. */
  readonly ttlMs: number;
  /** How often a hold may be extended. */
  readonly maxExtensions: number;
  readonly maxSeatsPerReservation: number;
  /** How many seats a user may have in the concert, bought and held together; null for no limit. */
  readonly seatsPerUserMax: number | null;
  /** How many holds a user may begin within `coolDownMs` and leave unpaid; null for no limit. */
  readonly unpaidHoldsMax: number | null;
  readonly coolDownMs: number;
  /** Whether a choice that leaves avoidable orphans is refused. */
  readonly orphans: 'allow' | 'refuse';
  /** How many companion seats a user may have with each accessible seat before their release. */
  readonly companionSeatsMax: number;
  /** How long a hold with an accessible seat lasts, for a user who asks for one, in ms; null for `ttlMs`. */
  readonly accessibleHoldTtlMs: number | null;
};

export const HOLD_POLICY_DEFAULT: HoldPolicy = {
  ttlMs: 300_000,
  maxExtensions: 1,
  maxSeatsPerReservation: 4,
  seatsPerUserMax: null,
  unpaidHoldsMax: 5,
  coolDownMs: 3_600_000,
  orphans: 'allow',
  companionSeatsMax: 1,
  accessibleHoldTtlMs: null,
};
