export type HoldPolicy = {
  /** How long a hold lasts, in ms. */
  readonly ttlMs: number;
  /** How often a hold may be extended. */
  readonly maxExtensions: number;
  readonly maxSeatsPerReservation: number;
};

export const HOLD_POLICY_DEFAULT: HoldPolicy = {
  ttlMs: 300_000,
  maxExtensions: 1,
  maxSeatsPerReservation: 4,
};
