import { HOLD_POLICY_DEFAULT, type HoldPolicy } from '../booking/hold-policy.ts';
import { ADMISSION_POLICY_DEFAULT, type AdmissionPolicy } from '../waiting-room/admission.ts';
import type { Presale } from '../waiting-room/presale.ts';

/** The rules that an organiser sets for a concert. */
export type Policy = {
  readonly admission: AdmissionPolicy;
  readonly hold: HoldPolicy;
  readonly presale: Presale | null;
};

export const POLICY_DEFAULT: Policy = {
  admission: ADMISSION_POLICY_DEFAULT,
  hold: HOLD_POLICY_DEFAULT,
  presale: null,
};
