import type { ConcertId, EventId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { SEAT_PRICE_MAX } from '../shared/limits.ts';
import type { Money } from '../shared/money.ts';
import { type Sales, salesOf } from './sales.ts';
import type {
  ValidationFailed,
  EventNotBookable,
  FieldError,
  PreconditionFailed,
} from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

export type Concert = {
  readonly id: ConcertId;
  readonly title: string;
  readonly artist: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly sales: Sales;
  readonly version: Version;
};

/** Only a PUBLISHED concert is public. */
export type Visibility = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
/** 1 at first; grows by one with every change of the facts. */
export type Version = number;
/** The versions that a change is for; null for any. */
export type ExpectedVersions = ReadonlySet<Version> | null;

/** One date of a concert. Its seats are numbered 1 to `seatCount`. */
export type ConcertEvent = {
  readonly id: EventId;
  readonly concertId: ConcertId;
  readonly venue: string;
  readonly startsAt: Instant;
  /** The IANA name of the zone of the venue. */
  readonly timeZone: string;
  readonly reservationStartAt: Instant;
  readonly reservationEndAt: Instant;
  readonly refundUntil: Instant;
  readonly seatCount: number;
  /** Of every seat; the lowest of its categories for a date with a layout. */
  readonly price: Money;
  /** The version of its layout; 0 for a date without one. */
  readonly layoutVersion: number;
  /** When accessible and companion seats are sold like all others; null for never. */
  readonly accessibleReleaseAt: Instant | null;
  /** Of this date alone: `salesOf` has those of its concert as well. */
  readonly sales: Sales;
  readonly version: Version;
};

/** The event as fans see it: with the sales of its concert. */
export function eventIn(concert: Concert, event: ConcertEvent): ConcertEvent {
  return { ...event, sales: salesOf(concert.sales, event.sales) };
}

export type BookingWindow = Pick<ConcertEvent, 'reservationStartAt' | 'reservationEndAt'>;

/** Whether `now` is in the window, which includes its start and excludes its end. */
export function isBookable(window: BookingWindow, now: Instant): boolean {
  return window.reservationStartAt <= now && now < window.reservationEndAt;
}

/** Whether the date is bookable and not cancelled; its sales may be stopped. */
export function isOnSale(event: ConcertEvent, now: Instant): boolean {
  return isBookable(event, now) && event.sales.state !== 'CANCELLED';
}

export function mayBook(event: BookingWindow, now: Instant): Result<BookingWindow, EventNotBookable> {
  if (isBookable(event, now)) return ok(event);
  const { reservationStartAt, reservationEndAt } = event;
  return refuse({ code: 'EVENT_NOT_BOOKABLE', reservationStartAt, reservationEndAt });
}

export type ConcertChanges = Partial<Pick<Concert, 'title' | 'artist' | 'description' | 'visibility'>>;
export type EventChanges = Partial<
  Omit<ConcertEvent, 'id' | 'concertId' | 'layoutVersion' | 'sales' | 'version'>
>;

/** Prevents that a change overwrites one that its author has not seen. */
export function expectVersion(
  { version }: { readonly version: Version },
  expected: ExpectedVersions,
): Result<undefined, PreconditionFailed> {
  if (expected === null || expected.has(version)) return ok(undefined);
  return refuse({ code: 'PRECONDITION_FAILED', version });
}

export function editConcert(concert: Concert, changes: ConcertChanges): Concert {
  return { ...concert, ...changes, version: concert.version + 1 };
}

/** The event after the changes. Existing holds and sales keep what they have, so seats are only added. */
export function editEvent(
  event: ConcertEvent,
  changes: EventChanges,
  now: Instant,
): Result<ConcertEvent, ValidationFailed> {
  const edited = { ...event, ...changes, version: event.version + 1 };
  const errors = event.layoutVersion === 0 ? seatCountErrors(event, edited) : layoutErrors(changes);
  if (errors.length > 0) return refuse({ code: 'VALIDATION_FAILED', errors });
  return scheduleEvent(edited, now, changes);
}

function seatCountErrors(event: ConcertEvent, edited: ConcertEvent): readonly FieldError[] {
  if (edited.seatCount >= event.seatCount) return [];
  return [{ pointer: '/seatCount', detail: `must be at least ${event.seatCount}` }];
}

/** A layout has the seats and the prices of its date. */
function layoutErrors(changes: EventChanges): readonly FieldError[] {
  return (['seatCount', 'price'] as const)
    .filter((member) => changes[member] !== undefined)
    .map((member) => ({ pointer: `/${member}`, detail: 'is of the layout of the date' }));
}

/**
 * Requires reservationStartAt < reservationEndAt ≤ startsAt, refundUntil ≤ startsAt, a start after `now` where it is
 * changed, and a price of at most `SEAT_PRICE_MAX`.
 */
export function scheduleEvent(
  event: ConcertEvent,
  now: Instant,
  changes: EventChanges = event,
): Result<ConcertEvent, ValidationFailed> {
  const errors: FieldError[] = [];
  if (changes.startsAt !== undefined && changes.startsAt <= now)
    errors.push({ pointer: '/startsAt', detail: 'must be in the future' });
  if (event.reservationEndAt <= event.reservationStartAt)
    errors.push({ pointer: '/reservationEndAt', detail: 'must be after reservationStartAt' });
  if (event.startsAt < event.reservationEndAt)
    errors.push({ pointer: '/startsAt', detail: 'must not be before reservationEndAt' });
  if (event.refundUntil > event.startsAt)
    errors.push({ pointer: '/refundUntil', detail: 'must not be after startsAt' });
  if (event.price > SEAT_PRICE_MAX)
    errors.push({ pointer: '/price', detail: `must be at most ${SEAT_PRICE_MAX}` });
  return errors.length === 0 ? ok(event) : refuse({ code: 'VALIDATION_FAILED', errors });
}
