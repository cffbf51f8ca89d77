import type { AdmissionPolicy } from '../waiting-room/admission.ts';

export type HoldPolicy = {
  readonly ttlMs: number;
  readonly maxExtensions: number;
  readonly maxSeatsPerReservation: number;
};

export const HOLD_POLICY_DEFAULT: HoldPolicy = {
  ttlMs: 300_000,
  maxExtensions: 1,
  maxSeatsPerReservation: 4,
};

export type Policy = { readonly admission: AdmissionPolicy; readonly hold: HoldPolicy };
