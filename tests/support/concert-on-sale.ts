import { randomUUID } from 'node:crypto';
import type { Application } from '@frontrow/application/application.ts';
import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Presale } from '@frontrow/domain/waiting-room/presale.ts';
import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { unwrap } from './results.ts';
import { BY_STAFF } from './staff.ts';

export const HOUR_MS = 60 * 60 * 1000;

/** A concert and its first date. */
export type ConcertOnSale = { readonly concertId: string; readonly event: ConcertEvent };

/** `layout` is in place of `seatCount` and `price`. */
export type DateFacts = Partial<ConcertEvent> & { readonly layout?: Layout };

export type ConcertOnSaleOptions = {
  readonly admission?: Partial<AdmissionPolicy>;
  readonly hold?: Partial<HoldPolicy>;
  readonly presale?: Presale;
  readonly event?: DateFacts;
};

type UseCases = Pick<Application, 'createConcert' | 'createEvent' | 'changePolicy'>;

/** Creates a concert with one bookable date through the use cases. Instants are in ms since 1970. */
export async function createConcertOnSale(
  app: UseCases,
  now: number,
  { admission = {}, hold = {}, presale, event = {} }: ConcertOnSaleOptions = {},
): Promise<ConcertOnSale> {
  const concertId = await createConcert(app);
  unwrap(await app.changePolicy({ by: BY_STAFF, concertId, admission, hold, presale }));
  return { concertId, event: await createBookableDate(app, concertId, now, event) };
}

/** Creates a concert without dates and returns its id. */
export async function createConcert(app: Pick<UseCases, 'createConcert'>): Promise<string> {
  const facts = {
    title: 'Winter Light',
    artist: 'The Night Owls',
    description: '',
    request: null,
    by: BY_STAFF,
  };
  return unwrap(await app.createConcert(facts)).value.id;
}

/** Adds a date that is bookable at `now`; by default it has ten seats at 1,000 won each. */
export async function createBookableDate(
  app: Pick<UseCases, 'createEvent'>,
  concertId: string,
  now: number,
  facts: DateFacts = {},
): Promise<ConcertEvent> {
  const seating = facts.layout === undefined ? { seatCount: 10, price: 1_000 } : { layout: facts.layout };
  const defaults = { venue: 'Olympic Hall', refundUntil: null };
  const { id: _, ...event } = { id: '', ...defaults, ...seating, ...saleTimes(now), ...facts };
  return unwrap(await app.createEvent({ by: BY_STAFF, ...event, concertId, request: newRequest() })).value;
}

/** With a key, a concert may have two dates at one time. */
function newRequest() {
  return { userId: 'staff', operation: 'POST /v1/admin/tests', key: randomUUID(), fingerprint: 'f' };
}

/** The times of a date whose booking window holds `now`. */
export function saleTimes(now: number) {
  return {
    startsAt: now + 48 * HOUR_MS,
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + 24 * HOUR_MS,
  };
}
