import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { HOLD_POLICY_DEFAULT, type HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { lowestPrice, newSeats, uniformSeats } from '@frontrow/domain/halls/new-seats.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { SALES_RUNNING, type Sales } from '@frontrow/domain/catalog/sales.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { ADMISSION_POLICY_DEFAULT, type AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import type { HeldSeats, HoldRequest, SeatClaim } from '../../src/ports/booking/seats.ts';
import type { Concerts } from '../../src/ports/catalog/catalog.ts';
import type { UnitOfWork } from '../../src/ports/shared/unit-of-work.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import type { Ports } from '../../src/ports/ports.ts';

export const HOUR_MS = 60 * 60 * 1000;

type BuilderPorts = Pick<Ports, 'transact' | 'ids'>;

/** Every id is new, so that suites can share a database. */
type NewIds = { readonly ids: Pick<Ports['ids'], 'next'> };

export function newConcert({ ids }: NewIds): Concert {
  return {
    id: ids.next(),
    title: 'The Contract Tour',
    artist: 'The Adapters',
    description: 'One night only',
    visibility: 'PUBLISHED',
    sales: SALES_RUNNING,
    version: 1,
  };
}

/** An event whose booking window began an hour ago and ends in an hour, unless `facts` say otherwise. */
export function newEvent({ ids }: NewIds, concert: Concert, facts: Partial<ConcertEvent> = {}): ConcertEvent {
  const now = Date.now();
  return {
    id: ids.next(),
    concertId: concert.id,
    venue: 'The Port',
    startsAt: now + 24 * HOUR_MS,
    timeZone: 'Asia/Seoul',
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + HOUR_MS,
    refundUntil: now + HOUR_MS,
    seatCount: 10,
    price: 50_000,
    layoutVersion: 0,
    accessibleReleaseAt: null,
    sales: SALES_RUNNING,
    version: 1,
    ...facts,
  };
}

/** Adds a date without a layout. */
export function addDate(concerts: Concerts, event: ConcertEvent): Promise<void> {
  return concerts.addEvent(event, uniformSeats(event));
}

export function newUser({ ids }: NewIds): string {
  return `user-${ids.next()}`;
}

/** The facts of a date with the layout. */
export function factsOf(layout: Layout): Pick<ConcertEvent, 'seatCount' | 'price' | 'layoutVersion'> {
  const seats = newSeats(layout);
  return { seatCount: seats.length, price: lowestPrice(seats), layoutVersion: 1 };
}

/** Stores a concert with one date that has the layout. */
export async function addConcertWithLayout(ports: BuilderPorts, layout: Layout): Promise<ConcertWithDate> {
  const concert = newConcert(ports);
  const event = newEvent(ports, concert, factsOf(layout));
  await ports.transact(async ({ concerts, layouts }) => {
    await concerts.add(concert, POLICY_DEFAULT);
    await concerts.addEvent(event, newSeats(layout));
    await layouts.add({ eventId: event.id, version: 1 }, layout);
    return ok(undefined);
  }, 'STAFF');
  return { concert, event };
}

export type ConcertWithDate = { readonly concert: Concert; readonly event: ConcertEvent };

/** Stores a concert with one date through the ports alone, for the contracts of adapters. */
export async function addConcertWithDate(
  ports: BuilderPorts,
  {
    admission,
    hold,
    event: facts,
  }: { admission?: Partial<AdmissionPolicy>; hold?: Partial<HoldPolicy>; event?: Partial<ConcertEvent> } = {},
): Promise<ConcertWithDate> {
  const concert = newConcert(ports);
  const event = newEvent(ports, concert, facts);
  await ports.transact(async ({ concerts }) => {
    await concerts.add(concert, {
      admission: { ...ADMISSION_POLICY_DEFAULT, ...admission },
      hold: { ...HOLD_POLICY_DEFAULT, ...hold },
      presale: null,
    });
    await addDate(concerts, event);
    return ok(undefined);
  }, 'STAFF');
  return { concert, event };
}

/** Changes the sales of a concert in the database. */
export async function changeSales(
  { transact }: Pick<Ports, 'transact'>,
  concertId: ConcertId,
  sales: Sales,
): Promise<void> {
  await transact(async ({ concerts }) => {
    const concert = await concerts.lockConcert(concertId);
    if (concert === null) throw new Error(`there is no concert ${concertId}`);
    await concerts.saveConcert({ ...concert, sales });
    return ok(undefined);
  }, 'STAFF');
}

export function claimOf({ id, eventId, seatNumbers }: HeldReservation): SeatClaim {
  return { reservationId: id, eventId, seatNumbers };
}

/** Holds the seats of one request. */
export async function holdOne(
  { seats }: Pick<UnitOfWork, 'seats'>,
  request: HoldRequest,
): Promise<Result<HeldSeats, SeatUnavailable>> {
  const [held] = await seats.hold([request], 'WAIT');
  if (held === undefined || held === null) throw new Error('the hold was not decided');
  return held;
}

/** Holds seats for a user like the use case: the seats first, then the reservation. */
export function holdSeats(
  ports: BuilderPorts,
  { concert, event }: ConcertWithDate,
  request: { userId: string; seatNumbers: readonly number[]; ttlMs?: number },
): Promise<Result<HeldReservation, { readonly code: string }>> {
  const { userId, seatNumbers, ttlMs = 5 * 60_000 } = request;
  const id = ports.ids.nextIn(concert.id);
  return ports.transact(async (unit) => {
    const { lapsedHolds } = await unit.seats.findHoldContext(event.id, [userId]);
    const held = await holdOne(unit, { eventId: event.id, seatNumbers, reservationId: id, ttlMs });
    if (!held.ok) return held;
    const { totalAmount, heldAt: createdAt, holdExpiresAt } = held.value;
    const facts = {
      id,
      userId,
      concertId: concert.id,
      eventId: event.id,
      seatNumbers,
      sequence: 2 ** 40 + 1,
    };
    const reservation: HeldReservation = {
      ...facts,
      status: 'HELD',
      totalAmount,
      createdAt,
      holdExpiresAt,
      extensions: 0,
    };
    const added = await unit.reservations.addHeld(
      [reservation],
      [...lapsedHolds.values()],
      held.value.heldAt,
    );
    return added.ok ? ok(reservation) : added;
  }, 'STAFF');
}

/** Holds seats, and throws on a refusal. */
export async function mustHold(...args: Parameters<typeof holdSeats>): Promise<HeldReservation> {
  const held = await holdSeats(...args);
  if (!held.ok) throw new Error(`the hold was refused: ${held.refusal.code}`);
  return held.value;
}
