import { type Application, createApplication } from '@frontrow/application/application.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { openPorts } from '../../src/open-ports.ts';
import { seedDemoConcerts } from '../../src/process/demo-concerts.ts';

const page = { limit: 100, cursor: null };
const secrets = [{ keyId: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' }];
let application: Application;
beforeEach(async () => {
  const { ports } = await openPorts(
    { mode: 'memory', queueTokenSecrets: secrets, entryTicketSecrets: secrets },
    pino({ level: 'silent' }),
  );
  application = createApplication(ports);
});

async function readDatesByTitle(): Promise<ReadonlyMap<string, readonly ConcertEvent[]>> {
  const { items } = await application.listConcerts(page);
  const entries = items.map(async ({ id, title }) => {
    const events = await application.listEvents({ concertId: id, bookable: false, page });
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

it.each([0, 1, 4, 7])('completes a run that was killed after %i writes', async (writes) => {
  let left = writes;
  const killed = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
    return async (...args: A) => {
      if (left-- <= 0) throw new Error('killed');
      return act(...args);
    };
  };
  const { createConcert, createEvent } = application;
  const interrupted = {
    ...application,
    createConcert: killed(createConcert),
    createEvent: killed(createEvent),
  };
  await expect(seedDemoConcerts(interrupted, Date.now())).rejects.toThrow('killed');
  const seeded = await seedDemoConcerts(application, Date.now());
  const all = await readDatesByTitle();
  expect(seeded.map(({ concert, dates }) => [concert.title, dates])).toEqual(
    [...all].map(([title, dates]) => [title, dates.length]),
  );
});
