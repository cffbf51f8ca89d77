import type { Application } from '@frontrow/application/application.ts';
import type { AdminRequest } from '@frontrow/application/ports/shared/audit-log.ts';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import type { Seating } from '@frontrow/application/use-cases/catalog/create-event.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { createDemoHall } from './demo-hall.ts';
import { PAGE_MAX } from '@frontrow/domain/shared/limits.ts';

type DemoDate = Pick<ConcertEvent, 'venue'> &
  Seating & {
    /** All three are counted from the day of seeding. */
    readonly startsInDays: number;
    readonly opensInDays: number;
    readonly closesInDays: number;
  };
type DemoConcert = Pick<Concert, 'title' | 'artist' | 'description'> & {
  readonly dates: readonly DemoDate[];
};
type Seeded = { readonly concert: Concert; readonly dates: number; readonly isNew: boolean };

const DAY_MS = 24 * 60 * 60 * 1000;

const DEMO_CONCERTS: readonly DemoConcert[] = [
  {
    title: 'Aurora Nights',
    artist: 'The Paper Lanterns',
    description: 'Three evenings in a small hall. On sale now.',
    dates: evenings([30, 31, 32], {
      venue: 'Blue Hall, Seoul',
      seatCount: 50,
      price: 99_000,
      opensInDays: -1,
    }),
  },
  {
    title: 'Stadium Echoes',
    artist: 'Han River Choir',
    description: 'Two large halls in two cities. On sale now.',
    dates: [
      ...evenings([60], {
        venue: 'Riverside Stadium, Seoul',
        seatCount: 2_000,
        price: 132_000,
        opensInDays: -2,
      }),
      ...evenings([67], { venue: 'Harbour Dome, Busan', seatCount: 1_000, price: 110_000, opensInDays: -2 }),
    ],
  },
  {
    title: 'Chamber of Stars',
    artist: 'The Lamplight Quartet',
    description: 'A concert hall with sections, rows and price categories. On sale now.',
    dates: evenings([40, 41], { venue: 'Concert Hall, Seoul', layout: createDemoHall(), opensInDays: -1 }),
  },
  {
    title: 'First Snow',
    artist: 'Quiet Machines',
    description: 'On sale in a week; fans may join the waiting room before.',
    dates: evenings([90, 91], {
      venue: 'Glass Pavilion, Daegu',
      seatCount: 300,
      price: 77_000,
      opensInDays: 7,
    }),
  },
  {
    title: 'Last Train Home',
    artist: 'Platform Nine',
    description: 'The sale has ended.',
    dates: evenings([2, 3], {
      venue: 'Old Station, Incheon',
      seatCount: 120,
      price: 55_000,
      opensInDays: -30,
    }).map((date) => ({ ...date, closesInDays: -1 })),
  },
];

/** Dates that differ by their day only; the sale of each ends the day before. */
function evenings(
  startDays: readonly number[],
  facts: Pick<DemoDate, 'venue' | 'opensInDays'> & Seating,
): readonly DemoDate[] {
  return startDays.map((startsInDays) => ({ ...facts, startsInDays, closesInDays: startsInDays - 1 }));
}

type SeedApplication = Pick<Application, 'listConcerts' | 'listEvents' | 'createConcert' | 'createEvent'>;

/** Adds the demo concerts and dates that are missing; a concert is found by its title. Idempotent, also after a kill. */
export async function seedDemoConcerts(
  application: SeedApplication,
  now: Instant,
): Promise<readonly Seeded[]> {
  const existing = await listAllConcerts(application);
  const seeded: Seeded[] = [];
  for (const demo of DEMO_CONCERTS) {
    const found = existing.find(({ title }) => title === demo.title);
    const concert = found ?? (await addConcert(application, demo));
    await addMissingDates(application, concert, demo, now);
    seeded.push({ concert, dates: demo.dates.length, isNew: found === undefined });
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

async function addMissingDates(
  { listEvents, createEvent }: SeedApplication,
  { id: concertId, title }: Concert,
  { dates }: DemoConcert,
  now: Instant,
): Promise<void> {
  const known = await listEvents({ concertId, bookable: false, page: { limit: PAGE_MAX, cursor: null } });
  invariant(known.ok, 'the dates of an existing concert are listed');
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  // Dates are added in order, so a killed run has left out the last ones.
  for (const [index, date] of dates.entries()) {
    if (index < known.value.items.length) continue;
    const { startsInDays, opensInDays, closesInDays, ...facts } = date;
    const created = await createEvent({
      ...facts,
      concertId,
      startsAt: today + startsInDays * DAY_MS,
      reservationStartAt: today + opensInDays * DAY_MS,
      reservationEndAt: today + closesInDays * DAY_MS,
      refundUntil: null,
      request: requestOf(`${title}/${index}`),
      by: SEED,
    });
    invariant(created.ok, `a demo date is not refused: ${JSON.stringify(created)}`);
  }
}

/** Nobody asks for the demo concerts by a request. */
const SEED: AdminRequest = { actor: 'frontrow-seed', route: 'SEED', requestId: 'seed' };

/** Of two concurrent seeds the second waits and gets the answer of the first. */
function requestOf(key: string): IdempotentRequest {
  return { userId: 'frontrow-seed', operation: 'SEED', key, fingerprint: '' };
}
