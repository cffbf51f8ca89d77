import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite({ standingAt: Date.now() });
const pages = usePages();

test('a fan whose tab is hidden for two minutes is admitted and claims in time', async () => {
  const { concertId } = await site().openSale({
    seatCount: 20,
    policy: { admission: { maxActive: 1, claimTtlMs: 30_000 } },
  });
  const first = site().fan('first');
  await first.join(concertId);
  const page = await pages.openFan(site(), {
    path: `/concerts/${concertId}`,
    user: 'hidden',
    standingAt: site().now(),
  });
  await page.getByRole('button', { name: 'Join the waiting room' }).click();
  await page.getByRole('heading', { level: 1, name: 'You are in line' }).waitFor();

  await hide(page);
  site().advance(120_000);
  await first.leave();
  await page.waitForFunction(() => document.title.includes('turn'));
  site().advance(60_000); // longer than the time to claim

  await eventually(async () => {
    const { active, parked } = await site().room(concertId);
    expect({ active, parked }).toEqual({ active: 1, parked: 0 });
  });
});

/** What a browser does with a hidden tab, and more: its timers stand, as those of `standingAt` do, while streams go on. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

test('a hold that lapses while its payment is on the way costs nothing, and says so', async () => {
  const { concertId, eventId } = await site().openSale({ seatCount: 20, price: 50_000 });
  const fan = site().fan('late');
  await fan.join(concertId);
  await fan.charge(100_000);
  const held = await fan.hold(eventId, [1]);
  const page = await pages.openFan(site(), {
    path: `/reservations/${held.body.id}`,
    user: 'late',
    standingAt: site().now(),
  });
  await page.route('**/v1/payments', (route) => {
    site().advance(300_000); // the time of the hold, while the request is on its way
    return route.continue();
  });

  await page.getByRole('button', { name: 'Pay ₩50,000' }).click();
  await page.getByRole('heading', { level: 1, name: 'The time is over' }).waitFor();
  await page.getByText('You paid nothing.').waitFor();
  expect((await fan.wallet()).body.balance).toBe(100_000);
});

test('a server that answers 503 for a while costs neither the hold nor money', async () => {
  const { concertId, eventId } = await site().openSale({ seatCount: 20, price: 50_000 });
  const fan = site().fan('patient');
  await fan.join(concertId);
  await fan.charge(50_000);
  const held = await fan.hold(eventId, [1]);
  const page = await pages.openFan(site(), { path: `/reservations/${held.body.id}`, user: 'patient' });
  await page.getByRole('button', { name: 'Pay ₩50,000' }).waitFor();
  let refused = 0;
  await page.route('**/v1/**', (route) => {
    refused += 1;
    return route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      headers: { 'Retry-After': '1' },
      body: JSON.stringify({ code: 'UNAVAILABLE', title: 'Unavailable', status: 503 }),
    });
  });

  await page.getByRole('button', { name: 'Pay ₩50,000' }).click();
  await page.getByRole('strong').filter({ hasText: 'The server cannot answer at the moment' }).waitFor();
  await eventually(() => expect(refused).toBeGreaterThan(2));
  await page.unroute('**/v1/**');

  await page.getByRole('heading', { level: 1, name: 'Your tickets' }).waitFor();
  expect((await fan.wallet()).body.balance).toBe(0);
});
