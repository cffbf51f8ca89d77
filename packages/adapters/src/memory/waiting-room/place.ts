import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { PlaceState, Waiting } from '@frontrow/domain/waiting-room/place.ts';

/** One user's place in one room. */
export type MemoryPlace = {
  readonly userId: UserId;
  readonly sequence: number;
  readonly issuedAt: Instant;
  /** As of the last change that was written; `placeAt` adds what time has done since. */
  state: PlaceState;
};
export type WaitingPlace = MemoryPlace & { readonly state: Waiting };
