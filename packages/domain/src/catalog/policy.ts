import type { HoldPolicy } from '../booking/hold-policy.ts';
import type { AdmissionPolicy } from '../waiting-room/admission.ts';

/** The rules that an organiser sets for a concert. */
export type Policy = { readonly admission: AdmissionPolicy; readonly hold: HoldPolicy };
