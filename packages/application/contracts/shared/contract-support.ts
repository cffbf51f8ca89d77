import { ADMISSION_POLICY_DEFAULT, type AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { type Concert, type ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { HOLD_POLICY_DEFAULT, type HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { afterAll, beforeAll, vi } from 'vitest';
import type { MaybePromise } from '../../src/shared/maybe-promise.ts';
import type { Page, PageRequest } from '../../src/ports/shared/page.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { SeatClaim } from '../../src/ports/booking/seats.ts';
import type { UnitOfWork } from '../../src/ports/shared/unit-of-work.ts';

/** What a suite runs on: the ports that it names, from one adapter, for as long as the suite takes. */
export type OpenPorts<Name extends keyof Ports> = () => Promise<{
  readonly ports: Pick<Ports, Name>;
  close(): Promise<void>;
}>;

/** Opens the ports before the suite that it is called in, and closes them after it. */
export function usePorts<Name extends keyof Ports>(open: OpenPorts<Name>): () => Pick<Ports, Name> {
  let opened: Awaited<ReturnType<OpenPorts<Name>>> | null = null;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (opened === null) throw new Error('the ports are open while a test runs, not before');
    return opened.ports;
  };
}

/** Repeats the assertion until it holds, for 10 s at most. Time is the adapter's own, so nothing is assumed of it. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 10_000, interval: 20 });
}

export const HOUR_MS = 60 * 60 * 1000;

type BuilderPorts = Pick<Ports, 'transact' | 'ids'>;

/** Ids are unique in every run, so that suites may share a database. */
export function newConcert({ ids }: Pick<Ports, 'ids'>): Concert {
  return {
    id: ids.next(),
    title: 'The Contract Tour',
    artist: 'The Adapters',
    description: 'One night only',
  };
}

/** A date that sells from an hour ago for an hour to come, unless told otherwise. */
export function newEvent(
  { ids }: Pick<Ports, 'ids'>,
  concert: Concert,
  facts: Partial<ConcertEvent> = {},
): ConcertEvent {
  const now = Date.now();
  return {
    id: ids.next(),
    concertId: concert.id,
    venue: 'The Port',
    startsAt: now + 24 * HOUR_MS,
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + HOUR_MS,
    refundUntil: now + HOUR_MS,
    seatCount: 10,
    price: 50_000,
    ...facts,
  };
}

export function newUser({ ids }: Pick<Ports, 'ids'>): string {
  return `user-${ids.next()}`;
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
    });
    await concerts.addEvent(event);
    return ok(undefined);
  });
  return { concert, event };
}

/** Runs work that cannot be refused, and answers its value. */
export async function write<T>(
  { transact }: Pick<Ports, 'transact'>,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const { value } = await transact(async (unit) => ok(await work(unit)));
  return value;
}

export function claimOf({ id, eventId, seatNumbers }: HeldReservation): SeatClaim {
  return { reservationId: id, eventId, seatNumbers };
}

/** Holds seats for a user as the use case does: the seats first, then the reservation. */
export function holdSeats(
  ports: BuilderPorts,
  { concert, event }: ConcertWithDate,
  request: { userId: string; seatNumbers: readonly number[]; ttlMs?: number },
): Promise<Result<HeldReservation, { readonly code: string }>> {
  const { userId, seatNumbers, ttlMs = 5 * 60_000 } = request;
  const id = ports.ids.next();
  return ports.transact(async ({ seats, reservations }) => {
    const held = await seats.hold({ eventId: event.id, seatNumbers, reservationId: id, ttlMs });
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
    return reservations.addHeld({
      ...facts,
      status: 'HELD',
      totalAmount,
      createdAt,
      holdExpiresAt,
      extensions: 0,
    });
  });
}

/** The reservation, where nothing stands in its way. */
export async function mustHold(...args: Parameters<typeof holdSeats>): Promise<HeldReservation> {
  const held = await holdSeats(...args);
  if (!held.ok) throw new Error(`the hold was refused: ${held.refusal.code}`);
  return held.value;
}

/** What a refused transaction answers, for tests of what it leaves behind. */
export const REFUSED = refuse({ code: 'NOT_FOUND', what: 'concert' } as const);

/** Every item of a list, a page at a time. */
export async function listAll<T>(
  list: (page: PageRequest) => MaybePromise<Page<T>>,
  limit: number,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page = await list({ limit, cursor });
    if (page.items.length > limit) throw new Error(`a page of ${limit} has ${page.items.length} items`);
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}
