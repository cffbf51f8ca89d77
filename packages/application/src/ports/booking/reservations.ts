import type { BookingWindow, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { HoldHistory } from '@frontrow/domain/booking/hold-history.ts';
import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { ConcertId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { HoldLimitExceeded } from '@frontrow/domain/shared/rejections.ts';
import type { HeldReservation, Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** Reads reservations as of the database's clock: a lapsed hold is EXPIRED. */
export type ReservationReads = {
  find(id: ReservationId): Promise<Reservation | null>;
  /** The user's reservations, newest first. */
  list(userId: UserId, page: PageRequest): Promise<Page<Reservation>>;
  /** Ids of lapsed holds that are still stored as HELD, longest lapsed first. Locks nothing. */
  listLapsed(limit: number): Promise<readonly ReservationId[]>;
};

/** A locked reservation. `asOf` is the database's clock, read after the lock was acquired. */
export type LockedReservation = {
  readonly reservation: Reservation;
  /** The present policy of its concert. */
  readonly hold: HoldPolicy;
  /** The times of its event now. */
  readonly event: BookingWindow & Pick<ConcertEvent, 'startsAt'>;
  readonly asOf: Instant;
};

/** Reservations inside a transaction. Seats are locked before the reservation, the reservation before the wallet. */
export type Reservations = Pick<ReservationReads, 'find'> & {
  /** The user's live hold in the concert. */
  findLiveHold(concertId: ConcertId, userId: UserId): Promise<ReservationId | null>;
  /**
   * Adds a live hold. A user has at most one stored hold in a concert, and another one refuses. `lapsedHold` is the
   * user's lapsed one, which no longer counts from then on.
   */
  addHeld(
    reservation: HeldReservation,
    lapsedHold: ReservationId | null,
  ): Promise<Result<HeldReservation, HoldLimitExceeded>>;
  /**
   * The history of the user in the concert without this reservation. `unpaidHolds` began after `unpaidSince`. After
   * `addHeld` it has every reservation that was added before.
   */
  findHistory(reservation: Reservation, unpaidSince: Instant): Promise<HoldHistory>;
  lock(id: ReservationId): Promise<LockedReservation | null>;
  /** Removes the seats that a locked hold no longer has, and writes its amount. */
  saveSeats(reservation: HeldReservation): Promise<void>;
  /** Writes status, payment, expiry and extensions of a reservation that this transaction has locked. */
  save(reservation: Reservation): Promise<void>;
};
