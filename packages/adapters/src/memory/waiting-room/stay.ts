import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { unreachable } from '@frontrow/domain/shared/invariant.ts';

/** A user's place in one room. */
export type Spot = {
  readonly userId: UserId;
  readonly sequence: number;
  readonly issuedAt: Instant;
  stay: Stay;
};

export type Waiting = { readonly kind: 'WAITING' };
/** Admitted, and not seen since. */
export type Offered = {
  readonly kind: 'OFFERED';
  readonly claimBy: Instant;
  readonly parkedUntil: Instant;
  /** As of the admission: a later change of the policy alters nothing that was granted. */
  readonly sessionTtlMs: number;
};
export type Active = { readonly kind: 'ACTIVE'; readonly sessionExpiresAt: Instant };
/** Was not seen within the claim window. */
export type Parked = { readonly kind: 'PARKED'; readonly parkedUntil: Instant };
/** Parked and back: first into the next windows. */
export type Returned = { readonly kind: 'RETURNED' };
export type Stay = Waiting | Offered | Active | Parked | Returned;

export const WAITING: Waiting = { kind: 'WAITING' };

export function offer({ claimTtlMs, parkRetentionMs, sessionTtlMs }: AdmissionPolicy, now: Instant): Offered {
  const claimBy = now + claimTtlMs;
  return { kind: 'OFFERED', claimBy, parkedUntil: claimBy + parkRetentionMs, sessionTtlMs };
}

/** What time alone has made of the stay by `now`, whoever has noticed. Null when it is over. */
export function stayAt(stay: Stay, now: Instant): Stay | null {
  switch (stay.kind) {
    case 'OFFERED':
      if (now < stay.claimBy) return stay;
      return stayAt({ kind: 'PARKED', parkedUntil: stay.parkedUntil }, now);
    case 'ACTIVE':
      return now < stay.sessionExpiresAt ? stay : null;
    case 'PARKED':
      return now < stay.parkedUntil ? stay : null;
    case 'WAITING':
    case 'RETURNED':
      return stay;
    default:
      return unreachable(stay);
  }
}

/** What becomes of the stay when its fan shows up: an offer is claimed, the parked are back. Null when it is over. */
export function showUp(stay: Stay, now: Instant): Waiting | Active | Returned | null {
  const present = stayAt(stay, now);
  if (present === null) return null;
  switch (present.kind) {
    case 'OFFERED':
      return { kind: 'ACTIVE', sessionExpiresAt: now + present.sessionTtlMs };
    case 'PARKED':
      return { kind: 'RETURNED' };
    case 'WAITING':
    case 'ACTIVE':
    case 'RETURNED':
      return present;
    default:
      return unreachable(present);
  }
}
