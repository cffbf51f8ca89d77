import { describe, expect, test } from 'vitest';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';
import { expectHeading, expectText, joinRoom, openBusySale } from './support/waiting-room.ts';

const site = useMemorySite();
const pages = usePages();

/** The instant in so many hours. */
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

describe('the waiting room', () => {
  test('a guest joins from the concert, waits and is led to the hall', async () => {
    const { concertId, eventId } = await openBusySale(site(), { ahead: 2 });
    const page = await pages.openFan(site(), { path: `/concerts/${concertId}` });
    await page.getByRole('button', { name: 'Join the waiting room' }).click();
    await page.getByRole('button', { name: 'Continue as guest' }).click();

    await expectHeading(page, 'You are in line');
    await expectText(page, '2 people are ahead of you');
    expect(await page.title()).toContain('No. 3 in line');
    await expectAccessible(page);

    await site().changePolicy(concertId, { admission: { maxActive: 100 } });
    await page.waitForURL(`**/events/${eventId}`);
  });

  test('a fan who is admitted at once does not see a line', async () => {
    const { concertId, eventId } = await site().openSale({ seatCount: 20 });
    const page = await pages.openFan(site(), { path: `/concerts/${concertId}`, user: 'fan', locale: 'ko' });
    await page.getByRole('button', { name: '대기열 입장하기' }).click();

    await expect.poll(() => page.url(), { timeout: 30_000 }).toBe(`${site().url}/events/${eventId}`);
  });

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

  test('says when every seat is sold, in Korean', async () => {
    const { concertId, eventId, first } = await openBusySale(site(), { seatCount: 1 });
    const page = await joinRoom(site(), pages, concertId, { locale: 'ko' });
    await expectHeading(page, '순서대로 입장하고 있습니다');
    await first.charge(1_000);
    const { body } = await first.hold(eventId, [1]);
    await first.pay(body.id);

    await expectHeading(page, '현재 남은 좌석이 없습니다');
    await page.getByText('지금까지 취소된 좌석은 0석입니다.').waitFor();
    await expectAccessible(page);
  });

  test('a fan who was called while the page was closed is told so, and comes first', async () => {
    const { concertId } = await openBusySale(site(), { admission: { claimTtlMs: 1_000 } });
    const page = await joinRoom(site(), pages, concertId);
    await expectText(page, 'You are next');
    await page.goto('about:blank');
    await site().changePolicy(concertId, { admission: { maxActive: 2 } });
    await expect.poll(async () => (await site().room(concertId)).parked, { timeout: 30_000 }).toBe(1);
    await site().changePolicy(concertId, { admission: { maxActive: 1 } });

    await page.goto(`${site().url}/concerts/${concertId}/room`);
    await expectHeading(page, 'You were called, but this page did not answer in time');
    await expectAccessible(page);
  });

  test('a fan leaves the line after a confirmation, and joins again at its end', async () => {
    const { concertId } = await openBusySale(site(), { ahead: 1 });
    const page = await joinRoom(site(), pages, concertId);
    await expectText(page, '1 person is ahead of you');
    await site().fan('a later fan').join(concertId);
    await page.getByRole('button', { name: 'Leave the line' }).click();
    await page.getByRole('dialog', { name: 'Leave the line?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Yes, leave the line' }).click();

    await expectHeading(page, 'You have left the line');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Join again' }).click();
    await expectText(page, '2 people are ahead of you');
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

  test('a ticket that the server refuses leads to the way in', async () => {
    const { concertId } = await openBusySale(site());
    const page = await pages.openFan(site(), { user: 'calm-otter-1234' });
    await page.evaluate(
      (id) => localStorage.setItem(`calm-otter-1234/frontrow.ticket.${id}`, '1 x forged'),
      concertId,
    );
    await page.goto(`${site().url}/concerts/${concertId}/room`);

    await expectHeading(page, 'Your place was not found');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Join the waiting room' }).click();
    await expectHeading(page, 'You are in line');
  });
});
