import type { WantedInHall } from '@frontrow/domain/booking/hall-rules.ts';
import type { PermittedHold, RequestedHold } from '@frontrow/domain/booking/hold-rules.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { AccessibleSeatsOnly, CompanionSeatsExceeded } from '@frontrow/domain/halls/accessible-seats.ts';
import type { NoMatchingSeats } from '@frontrow/domain/halls/best-available.ts';
import type { HallIndex } from '@frontrow/domain/halls/hall-index.ts';
import type { OrphanSeats } from '@frontrow/domain/halls/orphan-seats.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type {
  EventCancelled,
  EventNotBookable,
  HoldLimitExceeded,
  HoldsCoolingDown,
  NotFound,
  QueueTokenInvalid,
  QueueTokenNotActive,
  SalesStopped,
  SeatLimitExceeded,
  SeatUnavailable,
  TooManySeats,
  ValidationFailed,
} from '@frontrow/domain/shared/refusals.ts';
import type { Traced } from '../ports/shared/outbox.ts';
import type { Decision } from '../shared/answer-together.ts';

export type HoldRequest = RequestedHold & Traced & { readonly userId: UserId; readonly eventId: EventId };
export type HoldRefusal =
  | NotFound
  | QueueTokenInvalid
  | QueueTokenNotActive
  | EventNotBookable
  | SalesStopped
  | EventCancelled
  | TooManySeats
  | ValidationFailed
  | AccessibleSeatsOnly
  | CompanionSeatsExceeded
  | NoMatchingSeats
  | OrphanSeats
  | SeatUnavailable
  | HoldLimitExceeded
  | SeatLimitExceeded
  | HoldsCoolingDown;
export type HoldDecision = Decision<HeldReservation, HoldRefusal>;

/** A request that may have seats, as far as the context and the layout tell. */
export type PermittedRequest = {
  readonly request: HoldRequest;
  readonly permit: PermittedHold;
  readonly reservationId: ReservationId;
  /** What it wants of the hall; null where neither the layout nor other seats matter. */
  readonly inHall: { readonly hall: HallIndex; readonly wanted: WantedInHall } | null;
};
