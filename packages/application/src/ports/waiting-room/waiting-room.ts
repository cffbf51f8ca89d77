import type { Room, RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { InventorySnapshot } from '@frontrow/domain/waiting-room/inventory.ts';
import type { LineMark } from '@frontrow/domain/waiting-room/line-marks.ts';
import type { EndReason, Place, QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { EstimateError } from '@frontrow/domain/waiting-room/wait-estimate/estimate-error.ts';
import type { LineAdvance } from '@frontrow/domain/waiting-room/wait-estimate/line-advance.ts';
import type { WaitPercentiles } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import type { WaitEstimate } from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import type { WaitMark } from '@frontrow/domain/waiting-room/wait-estimate/wait-marks.ts';
import type { MaybePromise } from '../../shared/maybe-promise.ts';
import type { Inventory } from './inventory.ts';

/** A token and its room at one moment of the room's own clock. */
export type PlaceStatus = {
  readonly token: QueueToken;
  readonly room: Room;
  readonly asOf: Instant;
  /**
   * Of a place in the waiting line, from the observed admissions. Null while the room does not admit, and absent from a
   * join or check-in.
   */
  readonly estimate?: WaitEstimate | null;
};

export type JoinedPlace = PlaceStatus & { readonly created: boolean };

/** What everybody may know of a room, at one moment of the room's own clock. */
export type RoomStatus = {
  readonly concertId: ConcertId;
  readonly room: Room;
  readonly asOf: Instant;
  /** 0 for a room that has been removed. */
  readonly epoch: number;
  /** Empty while places are restored: their positions are not known yet. */
  readonly line: readonly LineMark[];
  /** Empty while the room does not admit. */
  readonly waits: readonly WaitMark[];
  /** Null while the room does not admit. */
  readonly advance: LineAdvance | null;
  /** Of all bookable dates, by the last count and the payments since. Null where no bookable date has been counted. */
  readonly unsoldSeats: number | null;
};

export type RoomStatistics = {
  readonly waiting: number;
  /** Places that missed their claim window and have not been admitted again, returned ones included. */
  readonly parked: number;
  /** Places with a slot, claimed or not. */
  readonly active: number;
  readonly admittedTotal: number;
  readonly completedTotal: number;
  readonly room: Room;
  readonly lastTickAt: Instant | null;
  /** The realised waits, from joining to the claim of the slot. Null before the first claim. */
  readonly waits: WaitPercentiles | null;
  /** Of the estimates that this process has given. Null before the first one whose wait is over. */
  readonly estimateError: EstimateError | null;
  /** 0 for a room that has been removed. */
  readonly epoch: number;
  readonly asOf: Instant;
};

/** The beginning of a count of seats. `number` orders the counts of a room. */
export type CountStart = Pick<InventorySnapshot, 'countedAt' | 'soldBefore'> & { readonly number: number };

/** `waiting` includes the parked places. */
export type AdmissionTick = { readonly admitted: number; readonly waiting: number; readonly active: number };
export type ExpiryCounts = { readonly parked: number; readonly expired: number };

/**
 * The waiting rooms of all concerts. Every change of a room is atomic, and every moment is the room's own clock.
 *
 * Every end by time is in the database before the room has it, whichever call comes upon it.
 *
 * A read changes no place, no slot and no line. Every call that needs a room opens it where it is not open, or where
 * Redis has lost it. Every call throws `Unavailable` while the room cannot be reached, unless it says otherwise.
 */
export type WaitingRoom = {
  /**
   * Writes. Gives the user a place, or checks in the fan of the place that the user has. A new place is admitted at once
   * if nobody waits or is parked and the window has allowance left. Null for an unknown concert, and for a removed room.
   */
  join(concertId: ConcertId, userId: UserId): Promise<JoinedPlace | null>;
  /**
   * Writes. Claims an offered slot, returns a parked place, and restores a place that the room has lost; then answers
   * the status, current. A place that the room does not know is EXPIRED.
   */
  checkIn(ticket: Ticket): Promise<PlaceStatus>;
  /**
   * Reads. Shows every change that was made 250 ms before the call; while the room cannot be reached, 10 s. `asOf` has the
   * moment. Null where only a check-in can answer: an offered or parked place, or one that is not in the snapshot.
   */
  statusFromSnapshot(ticket: Ticket): MaybePromise<PlaceStatus | null>;
  /** Reads. Like `statusFromSnapshot`, but throws while the room cannot be reached. Null also for a session that may be over. */
  freshStatus(ticket: Ticket): MaybePromise<PlaceStatus | null>;
  /**
   * Reads. As current as `statusFromSnapshot`. Calls that one snapshot answers get the same object. Null for an unknown
   * concert; a room that has been removed is CLOSED.
   */
  roomStatusFromSnapshot(concertId: ConcertId): MaybePromise<RoomStatus | null>;
  /** Reads. The user's place, current. Null for a user without a place. */
  placeOf(concertId: ConcertId, userId: UserId): Promise<Place | null>;
  /**
   * Writes. Ends this place and no later one of the same user. Idempotent: the first reason stays. `soldSeats` is how many
   * seats the payment of the place has sold: the room counts them once, also where the place has ended before.
   */
  end(place: Place, reason: EndReason, soldSeats?: number): Promise<void>;
  /** Writes. Admits, in order, what the present window allows. Idempotent: any number of callers share the allowance. */
  admit(concertId: ConcertId): Promise<AdmissionTick>;
  /** Writes. Parks the places whose claim window is over and ends those whose time is over, at most `limit`. */
  expire(concertId: ConcertId, limit: number): Promise<ExpiryCounts>;
  /** Writes. Replaces the configuration, unless the room has a newer one. A room that is not open stays closed. */
  configure(concertId: ConcertId, config: RoomConfig): Promise<void>;
  /** Writes. Begins a count of the seats; call it before they are read. Null for an unknown concert, and for a removed room. */
  beginCount(concertId: ConcertId): Promise<CountStart | null>;
  /**
   * Writes. Replaces the inventory snapshot, unless that of a later count has arrived. With a `sellableFactor` nobody is
   * admitted on an old one.
   */
  setInventory(concertId: ConcertId, start: CountStart, inventory: Inventory): Promise<void>;
  /** Reads. The highest sequence admitted, current; 0 before the first. */
  watermark(concertId: ConcertId): Promise<number>;
  /** Reads. Current. */
  statistics(concertId: ConcertId): Promise<RoomStatistics>;
  /** Reads. The concerts whose room is open, current. */
  list(): Promise<readonly ConcertId[]>;
  /** Writes. Lists the room, also where the list has lost it. False for an unknown concert, and for a removed room. */
  enlist(concertId: ConcertId): Promise<boolean>;
};
