import type { BookingWindow, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { ReservationChange } from '@frontrow/domain/booking/reservation-history.ts';
import type { HoldHistory } from '@frontrow/domain/booking/hold-history.ts';
import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { ConcertId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { HoldLimitExceeded } from '@frontrow/domain/shared/refusals.ts';
import type {
  ConfirmedReservation,
  HeldReservation,
  RefundedReservation,
  Reservation,
} from '@frontrow/domain/booking/reservation.ts';
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
  /** Whether it is stored as HELD: a lapsed hold is until it is swept. */
  readonly isStoredHeld: boolean;
  /** The present policy of its concert. */
  readonly hold: HoldPolicy;
  /** The times of its event now. */
  readonly event: BookingWindow & Pick<ConcertEvent, 'startsAt'>;
  /** Of the event and its concert now. */
  readonly sales: Sales;
  readonly asOf: Instant;
};

/** A reservation, added or not, whose user's history is read. */
export type AskedHistory = Pick<HeldReservation, 'id' | 'userId' | 'concertId' | 'sequence'>;

export type Histories = ReadonlyMap<UserId, HoldHistory>;

/** Reservations inside a transaction. Seats are locked before the reservation, the reservation before the wallet. */
export type Reservations = Pick<ReservationReads, 'find'> & {
  /** The user's live hold in the concert. */
  findLiveHold(concertId: ConcertId, userId: UserId): Promise<ReservationId | null>;
  /**
   * Adds live holds of distinct users, all or none. A user has at most one stored hold in a concert: another one refuses,
   * unless it is one of `lapsedHolds`, which no longer count from then on. Returns the histories of the users, read after
   * that: they have every reservation and payment that was committed before.
   */
  addHeld(
    reservations: readonly HeldReservation[],
    lapsedHolds: readonly ReservationId[],
    unpaidSince: Instant,
  ): Promise<Result<Histories, HoldLimitExceeded>>;
  /** Adds a complimentary reservation, whose owner may have a live hold. */
  addGiven(reservation: ConfirmedReservation): Promise<void>;
  /**
   * The histories of distinct users in one concert, without the given reservations. `unpaidHolds` began after
   * `unpaidSince`.
   */
  findHistories(asked: readonly AskedHistory[], unpaidSince: Instant): Promise<Histories>;
  lock(id: ReservationId): Promise<LockedReservation | null>;
  /** Removes the seats that a locked hold no longer has, and writes its amount. */
  saveSeats(reservation: HeldReservation): Promise<void>;
  /** Writes the payments of reservations that this transaction has locked. */
  confirm(reservations: readonly ConfirmedReservation[]): Promise<void>;
  /** Writes status and refunded amount of reservations that this transaction has locked. */
  saveRefunds(reservations: readonly (ConfirmedReservation | RefundedReservation)[]): Promise<void>;
  /** Writes status, payment, expiry and extensions of a reservation that this transaction has locked. */
  save(reservation: Reservation): Promise<void>;
  /** Records a change, for the history of the reservation. */
  recordChange(change: ReservationChange): Promise<void>;
};
