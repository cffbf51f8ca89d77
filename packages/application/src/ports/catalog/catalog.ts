import type { Concert, ConcertEvent, Visibility } from '@frontrow/domain/catalog/concert.ts';
import type { NewSeat } from '@frontrow/domain/halls/new-seats.ts';
import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { JoinRules } from '@frontrow/domain/waiting-room/presale.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** Includes `from` and excludes `until`. */
export type InstantRange = { readonly from: Instant; readonly until: Instant };

/** Only concerts with, or without, such a date. Cancelled dates do not count. */
export type ConcertDates =
  /** A date that starts at `from` or later, or none. */
  | { readonly kind: 'UPCOMING' | 'NONE_UPCOMING'; readonly from: Instant }
  /** A date whose booking window overlaps the range. */
  | { readonly kind: 'SELLING'; readonly range: InstantRange };

/** Which events of a concert a list has, by `startsAt`, and in which order. */
export type EventSelection = {
  readonly order: 'EARLIEST_FIRST' | 'LATEST_FIRST';
  /** Only events that start at this moment or later; null for any. */
  readonly startsFrom: Instant | null;
  /** Only events that start before this moment; null for any. */
  readonly startsBefore: Instant | null;
  /** Only events whose booking window overlaps this range; null for any. */
  readonly selling: InstantRange | null;
};

export const ALL_EVENTS: EventSelection = {
  order: 'EARLIEST_FIRST',
  startsFrom: null,
  startsBefore: null,
  selling: null,
};

/** Reads concerts and their events, possibly from a cache. */
export type Catalog = {
  /** Oldest first: those with the visibility, or all, and with such dates where `dates` is given. */
  listConcerts(
    page: PageRequest,
    visibility: Visibility | null,
    dates?: ConcertDates,
  ): Promise<Page<Concert>>;
  findConcert(id: ConcertId): Promise<Concert | null>;
  listEvents(concertId: ConcertId, page: PageRequest, selection: EventSelection): Promise<Page<ConcertEvent>>;
  /** What decides whether a fan may join; null for a concert that is not PUBLISHED. */
  findJoinRules(concertId: ConcertId): Promise<JoinRules | null>;
  findEvent(id: EventId): Promise<ConcertEvent | null>;
};

/** Reads policies from the database, never from a cache. */
export type PolicyReads = { find(id: ConcertId): Promise<Policy | null> };

/** Concerts inside a transaction. */
export type Concerts = {
  add(concert: Concert, policy: Policy): Promise<void>;
  /** Adds the event and its seats, which are AVAILABLE or BLOCKED, and raises the version of the room's configuration. */
  addEvent(event: ConcertEvent, seats: readonly NewSeat[]): Promise<void>;
  /** Locks the concert until the transaction ends, so that its changes do not overlap. */
  lockPolicy(id: ConcertId): Promise<Policy | null>;
  /** Locks the concert until the transaction ends. */
  lockConcert(id: ConcertId): Promise<Concert | null>;
  /** Locks the concert of the event, and then the event, until the transaction ends. */
  lockEvent(id: EventId): Promise<ConcertEvent | null>;
  /** Writes the facts of a locked concert, and raises the version of the room's configuration. */
  saveConcert(concert: Concert): Promise<void>;
  /** Writes the facts of a locked event, and raises the version of the room's configuration. */
  saveEvent(event: ConcertEvent): Promise<void>;
  /**
   * Gives seats their categories and prices, and adds those that the event does not have. A held or sold one keeps its price
   * until it is AVAILABLE again. Only an added one is BLOCKED.
   */
  arrangeSeats(eventId: EventId, seats: readonly NewSeat[]): Promise<void>;
  /** Gives every seat of the event its price. A held or sold one keeps its own until it is AVAILABLE again. */
  repriceSeats(event: ConcertEvent): Promise<void>;
  /** Whether the concert has an event at this venue that starts at this moment. */
  hasEventAt(event: Pick<ConcertEvent, 'concertId' | 'venue' | 'startsAt'>): Promise<boolean>;
  /** Removes a locked event with its seats, unless one of them was ever held; returns whether it did. Raises the version. */
  removeEvent(event: ConcertEvent): Promise<boolean>;
  /** Removes a locked concert with its events and their seats, unless one was ever held; returns whether it did. */
  removeConcert(id: ConcertId): Promise<boolean>;
  /** Replaces the policy and raises the version of the room's configuration. */
  savePolicy(id: ConcertId, policy: Policy): Promise<void>;
};
