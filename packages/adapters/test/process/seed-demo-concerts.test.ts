import { type Application, createApplication } from '@frontrow/application/application.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { openPorts } from '../../src/open-ports.ts';
import { seedDemoConcerts } from '../../src/process/seed-demo-concerts.ts';

const page = { limit: 100, cursor: null };
const secrets = [{ keyId: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' }];
let application: Application;
beforeEach(async () => {
  application = await createMemoryApplication();
});

async function createMemoryApplication(): Promise<Application> {
  const { ports } = await openPorts(
    { mode: 'memory', queueTokenSecrets: secrets, entryTicketSecrets: secrets },
    pino({ level: 'silent' }),
  );
  return createApplication(ports);
}

/** The states of all dates after a seed that nothing has interrupted. */
async function statesOfOneRun() {
  const undisturbed = await createMemoryApplication();
  await seedDemoConcerts(undisturbed, Date.now());
  return [...(await readDatesByTitle(undisturbed)).values()].flat().map(({ sales }) => sales.state);
}

async function readDatesByTitle(of = application): Promise<ReadonlyMap<string, readonly ConcertEvent[]>> {
  const { items } = await of.listConcerts(page);
  const entries = items.map(async ({ id, title }) => {
    const events = await of.listEvents({ concertId: id, bookable: false, page });
    return [title, events.ok ? events.value.items : []] as const;
  });
  return new Map(await Promise.all(entries));
}

it('adds concerts that are bookable now, later and no longer, each with several dates', async () => {
  const now = Date.now();
  await seedDemoConcerts(application, now);
  const all = [...(await readDatesByTitle()).values()];
  expect(all.length).toBeGreaterThanOrEqual(3);
  expect(all.every((dates) => dates.length > 1 && dates.every(({ price }) => price > 0))).toBe(true);
  expect(
    all.filter((dates) => dates.every((d) => d.reservationStartAt <= now && now < d.reservationEndAt)),
  ).not.toEqual([]);
  expect(all.filter((dates) => dates.every((d) => now < d.reservationStartAt))).not.toEqual([]);
  expect(all.filter((dates) => dates.every((d) => d.reservationEndAt <= now))).not.toEqual([]);
});

it('adds nothing when it runs again, also days later', async () => {
  await seedDemoConcerts(application, Date.now());
  const before = await readDatesByTitle();
  const again = await seedDemoConcerts(application, Date.now() + 3 * 24 * 60 * 60 * 1000);
  expect(again.every(({ isNew }) => !isNew)).toBe(true);
  expect(await readDatesByTitle()).toEqual(before);
});

it('adds nothing twice when two run at the same time', async () => {
  const now = Date.now();
  await Promise.all([seedDemoConcerts(application, now), seedDemoConcerts(application, now)]);
  const together = await application.listConcerts(page);
  expect(new Set(together.items.map(({ title }) => title)).size).toBe(together.items.length);
});

it('adds a concert for each state that a fan can meet', async () => {
  const now = Date.now();
  const seeded = await seedDemoConcerts(application, now);
  const readRooms = () =>
    Promise.all(
      seeded.map(async ({ concert }) => {
        const found = await application.getRoomStatus(concert.id);
        return found.ok ? roomState(found.value.status.room, now) : null;
      }),
    );
  await readRooms(); // opens them, so that the count finds them
  await application.countInventory();
  await expect
    .poll(async () => new Set(await readRooms()))
    .toEqual(new Set(['OPEN', 'NOT_OPEN', 'PAUSED', 'SOLD_OUT', 'CLOSED']));
  const dates = [...(await readDatesByTitle()).values()].flat();
  expect(new Set(dates.map(({ sales }) => sales.state))).toEqual(
    new Set(['RUNNING', 'STOPPED', 'CANCELLED']),
  );
  const opensSoon = dates.filter(({ reservationStartAt: at }) => now < at && at < now + 15 * 60_000);
  expect(opensSoon).not.toEqual([]);
});

it('adds a presale whose sale code lets a fan join', async () => {
  const presale = (await seedDemoConcerts(application, Date.now())).find(({ saleCode }) => saleCode !== null);
  const place = { concertId: presale?.concert.id ?? '', userId: 'fan' };
  expect(await application.issueQueueToken(place)).toMatchObject({
    ok: false,
    refusal: { code: 'SALE_CODE_REQUIRED' },
  });
  const saleCode = presale?.saleCode ?? '';
  expect(await application.issueQueueToken({ ...place, saleCode })).toMatchObject({ ok: true });
});

it.each([0, 1, 4, 7, 9, 40])('completes a run that was killed after %i writes', async (writes) => {
  let left = writes;
  const killed = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
    return async (...args: A) => {
      if (left-- <= 0) throw new Error('killed');
      return act(...args);
    };
  };
  const { createConcert, createEvent, changePolicy, createSaleCodes } = application;
  const { changeEventSales, cancelEvent, giveSeats } = application;
  const interrupted = {
    ...application,
    createConcert: killed(createConcert),
    createEvent: killed(createEvent),
    changePolicy: killed(changePolicy),
    createSaleCodes: killed(createSaleCodes),
    changeEventSales: killed(changeEventSales),
    cancelEvent: killed(cancelEvent),
    giveSeats: killed(giveSeats),
  };
  await expect(seedDemoConcerts(interrupted, Date.now())).rejects.toThrow('killed');
  const seeded = await seedDemoConcerts(application, Date.now());
  const all = await readDatesByTitle();
  expect(seeded.map(({ concert, dates }) => [concert.title, dates])).toEqual(
    [...all].map(([title, dates]) => [title, dates.length]),
  );
  expect([...all.values()].flat().map(({ sales }) => sales.state)).toEqual(await statesOfOneRun());
});
