import { describe, expect, test } from 'vitest';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';
import { expectHeading, expectText, joinRoom, openBusySale } from './support/waiting-room.ts';

const site = useMemorySite();
const pages = usePages();

describe('the waiting room', () => {
  test('a guest joins from the concert, waits and is led to the hall', async () => {
    const { concertId, eventId } = await openBusySale(site(), { ahead: 2 });
    const page = await pages.openFan(site(), { path: `/concerts/${concertId}` });
    await page.getByRole('button', { name: 'Join the waiting room' }).click();
    await page.getByRole('button', { name: 'Continue as guest' }).click();

    await expectHeading(page, 'You are in line');
    await expectText(page, '2 people are ahead of you');
    await expect.poll(() => page.title()).toContain('No. 3 in line');
    await expectAccessible(page);

    await site().changePolicy(concertId, { admission: { maxActive: 100 } });
    await page.waitForURL(`**/events/${eventId}`);
  });

  test('a fan who is admitted at once does not see a line', async () => {
    const { concertId, eventId } = await site().openSale({ seatCount: 20 });
    const page = await pages.openFan(site(), { path: `/concerts/${concertId}`, user: 'fan', locale: 'ko' });
    await page.getByRole('button', { name: '대기열 입장하기' }).click();

    await expect.poll(() => page.url()).toBe(`${site().url}/events/${eventId}`);
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
    const { concertId } = await openBusySale(site());
    const page = await joinRoom(site(), pages, concertId);
    await expectText(page, 'You are next');
    await page.goto('about:blank');
    await site().changePolicy(concertId, { admission: { maxActive: 2, claimTtlMs: 1_000 } });
    await expect.poll(async () => (await site().room(concertId)).parked).toBe(1);
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
    const leave = page.getByRole('button', { name: 'Leave the line', exact: true });
    await leave.click();
    await page.getByRole('dialog', { name: 'Leave the line?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stay in line' }).click();
    await leave.and(page.locator(':focus')).waitFor();
    await leave.click();
    await page.getByRole('button', { name: 'Yes, leave the line' }).click();

    await expectHeading(page, 'You have left the line');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Join again' }).click();
    await expectText(page, '2 people are ahead of you');
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
