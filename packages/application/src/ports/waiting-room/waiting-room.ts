import type { Room, RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { EndReason, Place, QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { WaitPercentiles } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import type { WaitEstimate } from '@frontrow/domain/waiting-room/wait-estimate/wait-estimate.ts';
import type { MaybePromise } from '../../shared/maybe-promise.ts';
import type { Inventory } from './inventory.ts';

/** A token and its room at one moment of the room's own clock. */
export type PlaceStatus = {
  readonly token: QueueToken;
  readonly room: Room;
  readonly asOf: Instant;
  /** How long the wait will be at the pace that was observed; absent where nobody has watched the line. */
  readonly estimate?: WaitEstimate | null;
};

export type JoinedPlace = PlaceStatus & { readonly created: boolean };

export type RoomStatistics = {
  readonly waiting: number;
  /** Admitted once, not seen within the claim window, and not back yet or not admitted again yet. */
  readonly parked: number;
  readonly active: number;
  readonly admittedTotal: number;
  readonly completedTotal: number;
  readonly room: Room;
  readonly lastTickAt: Instant | null;
  /** From joining to the first answer that said ACTIVE, of all who claimed their slot. Null before the first. */
  readonly waits: WaitPercentiles | null;
  readonly asOf: Instant;
};

export type AdmissionTick = { readonly admitted: number; readonly waiting: number; readonly active: number };
export type ExpiryCounts = { readonly parked: number; readonly expired: number };

/** The waiting rooms of all concerts, by one clock of their own. Every change of a room is atomic. */
export type WaitingRoom = {
  /**
   * One place per user: a user who has one gets the same again. A newcomer is admitted at once if nobody waits or is
   * parked and the window has allowance left. Null for a concert that is unknown.
   */
  join(concertId: ConcertId, userId: UserId): Promise<JoinedPlace | null>;
  /**
   * Where the ticket's place stands. Looking claims an admitted slot, brings a parked fan back, and gives a place that
   * the room has lost back to its ticket; any other place that is unknown is EXPIRED.
   */
  checkIn(ticket: Ticket): Promise<PlaceStatus>;
  /**
   * The same for a poll, which may be answered from a snapshot of the room that is a moment old, or, while the room is
   * away, somewhat older; `asOf` says of when.
   */
  statusFromSnapshot(ticket: Ticket): MaybePromise<PlaceStatus>;
  /** Like a glance, but never older than a moment: throws `Unavailable` while the room is away. */
  freshStatus(ticket: Ticket): MaybePromise<PlaceStatus>;
  /** The user's present place, without claiming anything. */
  placeOf(concertId: ConcertId, userId: UserId): Promise<Place | null>;
  /** Ends this place and no later one of the same user; repeating it changes nothing. */
  end(place: Place, reason: EndReason): Promise<void>;
  /** Admits, in order, what the present window allows. Any number of callers may do so at any moment. */
  admit(concertId: ConcertId): Promise<AdmissionTick>;
  /** Parks the unclaimed and ends the sessions whose time is over, at most `limit` at once. */
  expire(concertId: ConcertId, limit: number): Promise<ExpiryCounts>;
  /** Takes over the configuration unless it knows a newer one. */
  configure(concertId: ConcertId, config: RoomConfig): Promise<void>;
  /** Takes over what there is to be had, as of now. With a `sellableFactor` nobody is admitted on an old count. */
  setInventory(concertId: ConcertId, inventory: Inventory): Promise<void>;
  /** The highest sequence admitted so far, 0 before the first. */
  watermark(concertId: ConcertId): Promise<number>;
  statistics(concertId: ConcertId): Promise<RoomStatistics>;
  /** Concerts whose room has been opened. */
  list(): Promise<readonly ConcertId[]>;
};
