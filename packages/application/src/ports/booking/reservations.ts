import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { HoldLimitExceeded } from '@frontrow/domain/shared/rejections.ts';
import type { HeldReservation, Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** Reservations for reading, each as of the database's clock: a lapsed hold reads EXPIRED. */
export type ReservationReads = {
  find(id: ReservationId): Promise<Reservation | null>;
  /** The user's own, newest first. */
  list(userId: UserId, page: PageRequest): Promise<Page<Reservation>>;
  /** Ids of holds that have lapsed but are still marked HELD, longest lapsed first. Locks nothing. */
  listLapsed(limit: number): Promise<readonly ReservationId[]>;
};

/** A locked reservation, with the database's clock read after the lock was there. */
export type LockedReservation = {
  readonly reservation: Reservation;
  /** The policy of its concert now. */
  readonly hold: HoldPolicy;
  readonly asOf: Instant;
};

/** Reservations inside a transaction. Seats are locked before the reservation, the reservation before the wallet. */
export type Reservations = Pick<ReservationReads, 'find'> & {
  /**
   * Adds a live hold. One user has at most one in a concert: a lapsed one of the user's own makes way,
   * a live one refuses.
   */
  addHeld(reservation: HeldReservation): Promise<Result<HeldReservation, HoldLimitExceeded>>;
  lock(id: ReservationId): Promise<LockedReservation | null>;
  /** Writes status, payment, expiry and extensions of a reservation that this transaction has locked. */
  save(reservation: Reservation): Promise<void>;
};
