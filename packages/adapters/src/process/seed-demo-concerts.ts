import type { Application } from '@frontrow/application/application.ts';
import type { AdminRequest } from '@frontrow/application/ports/shared/audit-log.ts';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { PAGE_MAX } from '@frontrow/domain/shared/limits.ts';
import { DAY_MS, DEMO_CONCERTS, type DemoConcert, type DemoDate, type DemoFate } from './demo-concerts.ts';

const SEOUL_OFFSET_MS = 9 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const SALE_CODE_USES_MAX = 10_000;

export type SeedApplication = Pick<
  Application,
  | 'listConcerts'
  | 'listEvents'
  | 'createConcert'
  | 'createEvent'
  | 'changePolicy'
  | 'createSaleCodes'
  | 'changeEventSales'
  | 'cancelEvent'
  | 'giveSeats'
>;

export type SeededConcert = {
  readonly concert: Concert;
  readonly dates: number;
  readonly isNew: boolean;
  /** The code of its presale; null for a concert without one, and for one that was complete already. */
  readonly saleCode: string | null;
};

/** Adds the demo concerts and dates that are missing; a concert is found by its title. Idempotent, also after a kill. */
export async function seedDemoConcerts(
  application: SeedApplication,
  now: Instant,
): Promise<readonly SeededConcert[]> {
  const existing = await listAllConcerts(application);
  const seeded: SeededConcert[] = [];
  for (const demo of DEMO_CONCERTS) {
    const found = existing.find(({ title }) => title === demo.title);
    const concert = found ?? (await addConcert(application, demo));
    const saleCode = await complete(application, concert, demo, now);
    seeded.push({ concert, dates: demo.dates.length, isNew: found === undefined, saleCode });
  }
  return seeded;
}

async function listAllConcerts({ listConcerts }: SeedApplication): Promise<readonly Concert[]> {
  const all: Concert[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listConcerts>> = await listConcerts({ limit: PAGE_MAX, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

async function addConcert({ createConcert }: SeedApplication, demo: DemoConcert): Promise<Concert> {
  const { title, artist, description } = demo;
  const created = await createConcert({ title, artist, description, request: requestOf(title), by: SEED });
  invariant(created.ok, 'a demo concert is not refused');
  return created.value.value;
}

/** Adds what a killed run has left out, and returns the sale code of the presale. Leaves a concert with all dates alone. */
async function complete(
  application: SeedApplication,
  { id: concertId }: Concert,
  demo: DemoConcert,
  now: Instant,
): Promise<string | null> {
  const page = { limit: PAGE_MAX, cursor: null };
  const known = await application.listEvents({ concertId, bookable: false, page });
  invariant(known.ok, 'the dates of an existing concert are listed');
  // Dates are added in the order of their starts, so only the latest one may lack its fate.
  const added = known.value.items.toSorted((a, b) => a.startsAt - b.startsAt);
  if (added.length >= demo.dates.length) return null;
  const saleCode = await setRules(application, concertId, demo, now);
  const latest = added.at(-1);
  if (latest !== undefined) await meetFate(application, latest, demo.dates[added.length - 1]?.fate ?? null);
  for (const [index, date] of demo.dates.entries()) {
    if (index < added.length) continue;
    const event = await addDate(application, concertId, date, requestOf(`${demo.title}/${index}`), now);
    await meetFate(application, event, date.fate);
  }
  return saleCode;
}

async function setRules(
  { changePolicy, createSaleCodes }: SeedApplication,
  concertId: string,
  { title, admission, hold, presaleForMs }: DemoConcert,
  now: Instant,
): Promise<string | null> {
  const presale = presaleForMs === null ? null : { publicStartAt: now + presaleForMs };
  const changed = await changePolicy({ concertId, admission, hold, presale, by: SEED });
  invariant(changed.ok, 'the policy of a demo concert is not refused');
  if (presale === null) return null;
  const created = await createSaleCodes({
    concertId,
    label: 'Demo presale',
    count: 1,
    usesMax: SALE_CODE_USES_MAX,
    validFrom: null,
    validUntil: null,
    request: requestOf(`${title}/sale-code`),
    by: SEED,
  });
  invariant(created.ok, 'the sale code of a demo concert is not refused');
  return created.value.value[0]?.text ?? null;
}

async function addDate(
  { createEvent }: SeedApplication,
  concertId: string,
  { seating, venue, ...times }: DemoDate,
  request: IdempotentRequest,
  now: Instant,
): Promise<ConcertEvent> {
  const today = Math.floor((now + SEOUL_OFFSET_MS) / DAY_MS) * DAY_MS - SEOUL_OFFSET_MS;
  const created = await createEvent({
    ...seating,
    concertId,
    venue,
    startsAt: today + times.startsInDays * DAY_MS + times.startsAtHour * HOUR_MS,
    reservationStartAt: now + times.opensInMs,
    reservationEndAt: now + times.closesInMs,
    refundUntil: null,
    request,
    by: SEED,
  });
  invariant(created.ok, `a demo date is not refused: ${JSON.stringify(created)}`);
  return created.value.value;
}

/** Safe to repeat. */
async function meetFate(
  application: SeedApplication,
  event: ConcertEvent,
  fate: DemoFate | null,
): Promise<void> {
  if (fate === null) return;
  const { id: eventId } = event;
  if (fate.kind === 'SOLD_OUT') return giveAllSeats(application, event);
  const { kind: state, reason } = fate;
  const met =
    state === 'STOPPED'
      ? await application.changeEventSales({ eventId, sales: { state, reason }, by: SEED })
      : await application.cancelEvent({ eventId, reason, by: SEED });
  invariant(met.ok, `a demo date can be ${state}`);
}

/** Seats that are given already belong to an earlier run. */
async function giveAllSeats(
  { giveSeats }: SeedApplication,
  { id: eventId, seatCount }: ConcertEvent,
): Promise<void> {
  for (let first = 1; first <= seatCount; first += 2) {
    const seatNumbers = [first, first + 1].filter((number) => number <= seatCount);
    const given = await giveSeats({
      eventId,
      userId: `demo-guest-${(first + 1) / 2}`,
      seatNumbers,
      reason: 'A demo date that is sold out',
      request: requestOf(`${eventId}/${first}`),
      by: SEED,
    });
    invariant(given.ok || given.refusal.code === 'SEAT_UNAVAILABLE', 'seats of a demo date can be given');
  }
}

/** Nobody asks for the demo concerts by a request. */
const SEED: AdminRequest = { actor: 'frontrow-seed', route: 'SEED', requestId: 'seed' };

/** Of two concurrent seeds the second waits and gets the answer of the first. */
function requestOf(key: string): IdempotentRequest {
  return { userId: 'frontrow-seed', operation: 'SEED', key, fingerprint: '' };
}
