import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** From its first instant until just before its last. */
export type InstantRange = { readonly from: Instant; readonly until: Instant };

/** Concerts and their dates, for reading. May be served from a cache. */
export type Catalog = {
  /** Oldest first. */
  listConcerts(page: PageRequest): Promise<Page<Concert>>;
  findConcert(id: ConcertId): Promise<Concert | null>;
  /** The dates of the concert by `startsAt`; all of them, or those whose reservation window meets the span. */
  listEvents(
    concertId: ConcertId,
    page: PageRequest,
    selling: InstantRange | null,
  ): Promise<Page<ConcertEvent>>;
  /** When the last of the concert's dates stops selling; null where it has none. */
  findSalesEnd(concertId: ConcertId): Promise<Instant | null>;
  findEvent(id: EventId): Promise<ConcertEvent | null>;
};

/** Policies for reading: never from a cache. */
export type PolicyReads = { find(id: ConcertId): Promise<Policy | null> };

/** The same, in a transaction, with what only the database may answer. */
export type Concerts = {
  add(concert: Concert, policy: Policy): Promise<void>;
  /** Adds the date and its seats, all AVAILABLE, and raises the version of the room's configuration. */
  addEvent(event: ConcertEvent): Promise<void>;
  /** Locks the concert until the transaction ends, so that changes to it come one after the other. */
  lockPolicy(id: ConcertId): Promise<Policy | null>;
  /** Replaces the policy and raises the version of the room's configuration. */
  savePolicy(id: ConcertId, policy: Policy): Promise<void>;
};
