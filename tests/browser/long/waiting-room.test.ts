import { expect, test } from 'vitest';
import { expectAccessible } from '../support/check-page.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';
import { expectHeading, expectText, joinRoom, openBusySale } from '../support/waiting-room.ts';

const site = useMemorySite();
const pages = usePages();

/** The instant in so many hours. */
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

test('says why nobody is admitted, with the reason as text', async () => {
  const { concertId, eventId } = await openBusySale(site(), { ahead: 1 });
  const page = await joinRoom(site(), pages, concertId);
  await site().changePolicy(concertId, { admission: { state: 'PAUSED', reason: 'A <b>check</b>.' } });
  await expectHeading(page, 'Admission is paused');
  await page.getByText('A <b>check</b>.').waitFor();
  await expectAccessible(page);

  await site().stopSales(eventId, 'A storm.');
  await expectHeading(page, 'Sales are stopped for now', 90_000);
  await page.getByText('A storm.').waitFor();
});

test('says when the organiser stops the sales of the whole concert', async () => {
  const { concertId } = await openBusySale(site());
  const page = await joinRoom(site(), pages, concertId);
  await expectHeading(page, 'You are in line');
  const body = { salesState: 'STOPPED', reason: 'A fire alarm.' };
  const { status } = await site().admin.send('PUT', `/v1/admin/concerts/${concertId}/sales`, { body });
  expect(status).toBe(200);

  await expectHeading(page, 'Sales are stopped for now', 90_000);
  await page.getByText('A fire alarm.').waitFor();
});

test('a proxy that holds streams back does not keep a fan from the turn', async () => {
  const { concertId, eventId } = await openBusySale(site(), { ahead: 1 });
  const page = await joinRoom(site(), pages, concertId, {
    prepare: (opened) => opened.route('**/queue-tokens/current/stream', () => {}),
  });
  await expectText(page, '1 person is ahead of you');

  await site().changePolicy(concertId, { admission: { maxActive: 100 } });
  await page.waitForURL(`**/events/${eventId}`, { timeout: 60_000 });
});

test('several dates are a choice, until the session is over', async () => {
  const { concertId } = await site().openSale({
    seatCount: 20,
    policy: { admission: { sessionTtlMs: 12_000 } },
  });
  const answer = await site().admin.send('POST', `/v1/admin/concerts/${concertId}/events`, {
    body: {
      venue: 'The other hall',
      startsAt: hours(500),
      reservationStartAt: hours(-1),
      reservationEndAt: hours(400),
      price: 2_000,
    },
  });
  expect(answer.status).toBe(201);
  const page = await joinRoom(site(), pages, concertId);

  await expectHeading(page, 'It is your turn');
  await page.getByText('The other hall').waitFor();
  await expectAccessible(page);
  await expectHeading(page, 'Your time to choose seats is over');
});
