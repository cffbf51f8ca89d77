import type { Application } from '@frontrow/application/application.ts';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { PAGE_MAX } from '@frontrow/domain/shared/limits.ts';

type DemoDate = Pick<ConcertEvent, 'venue' | 'seatCount' | 'price'> & {
  /** Days from the day of seeding: when it starts, and when its reservations begin and end. */
  readonly startsIn: number;
  readonly opensIn: number;
  readonly closesIn: number;
};
type DemoConcert = Omit<Concert, 'id'> & { readonly dates: readonly DemoDate[] };
type Seeded = { readonly concert: Concert; readonly dates: number; readonly isNew: boolean };

const DAY_MS = 24 * 60 * 60 * 1000;

const DEMO_CONCERTS: readonly DemoConcert[] = [
  {
    title: 'Aurora Nights',
    artist: 'The Paper Lanterns',
    description: 'Three evenings in a small hall: seats are to be had now.',
    dates: evenings([30, 31, 32], { venue: 'Blue Hall, Seoul', seatCount: 50, price: 99_000, opensIn: -1 }),
  },
  {
    title: 'Stadium Echoes',
    artist: 'Han River Choir',
    description: 'The large house, in two cities: seats are to be had now.',
    dates: [
      ...evenings([60], { venue: 'Riverside Stadium, Seoul', seatCount: 2_000, price: 132_000, opensIn: -2 }),
      ...evenings([67], { venue: 'Harbour Dome, Busan', seatCount: 1_000, price: 110_000, opensIn: -2 }),
    ],
  },
  {
    title: 'First Snow',
    artist: 'Quiet Machines',
    description: 'Reservations open in a week; the waiting room lets fans in when they do.',
    dates: evenings([90, 91], { venue: 'Glass Pavilion, Daegu', seatCount: 300, price: 77_000, opensIn: 7 }),
  },
  {
    title: 'Last Train Home',
    artist: 'Platform Nine',
    description: 'Reservations are over.',
    dates: evenings([2, 3], {
      venue: 'Old Station, Incheon',
      seatCount: 120,
      price: 55_000,
      opensIn: -30,
    }).map((date) => ({ ...date, closesIn: -1 })),
  },
];

/** Dates that are alike but for their day; reservations end the day before. */
function evenings(
  startDays: readonly number[],
  facts: Omit<DemoDate, 'startsIn' | 'closesIn'>,
): readonly DemoDate[] {
  return startDays.map((startsIn) => ({ ...facts, startsIn, closesIn: startsIn - 1 }));
}

type SeedApplication = Pick<Application, 'listConcerts' | 'listEvents' | 'createConcert' | 'createEvent'>;

/** Adds what is missing of the demo, each concert known by its title. Run twice, or half and again, it doubles nothing. */
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
  const created = await createConcert({ title, artist, description, request: requestOf(title) });
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
  invariant(known.ok, 'a demo concert that was found is there');
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  // Dates are added in order, so those that a killed run has left out are the last.
  for (const [index, date] of dates.entries()) {
    if (index < known.value.items.length) continue;
    const { startsIn, opensIn, closesIn, ...facts } = date;
    const created = await createEvent({
      ...facts,
      concertId,
      startsAt: today + startsIn * DAY_MS,
      reservationStartAt: today + opensIn * DAY_MS,
      reservationEndAt: today + closesIn * DAY_MS,
      refundUntil: null,
      request: requestOf(`${title}/${index}`),
    });
    invariant(created.ok, `a demo date is not refused: ${JSON.stringify(created)}`);
  }
}

/** For two seeds at the same time: the second waits and gets the first one's answer. */
function requestOf(key: string): IdempotentRequest {
  return { userId: 'frontrow-seed', operation: 'SEED', key, fingerprint: '' };
}
