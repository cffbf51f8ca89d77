import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { usePages } from '../support/use-pages.ts';
import { useRealSite } from '../support/use-site.ts';
import { bookTwoSeats, openHall } from './whole-booking.ts';

const site = useRealSite();
const pages = usePages();

/** A fan who waits behind another one. */
async function waitInLine(user: string) {
  const sale = await openHall(site(), 'First Light');
  const first = site().fan(`first of ${sale.concertId}`);
  await first.join(sale.concertId);
  const page = await pages.openFan(site(), { path: `/concerts/${sale.concertId}`, user });
  await page.getByRole('button', { name: 'Join the waiting room' }).click();
  await inLine(page);
  return { ...sale, first, page };
}

const inLine = (page: Page) => page.getByRole('heading', { level: 1, name: 'You are in line' }).waitFor();
const kept = (page: Page) =>
  page.getByRole('paragraph').filter({ hasText: 'Your place was kept.' }).waitFor({ timeout: 120_000 });

test('a fan books in Korean on a phone', async () => {
  const sale = await openHall(site(), '겨울 빛');
  expect(await bookTwoSeats(site(), pages, sale, { locale: 'ko', viewport: 'phone' })).toBe(2);
});

test('a place and a choice of seats outlast a restart of the server', async () => {
  const { page, first } = await waitInLine('waiter');
  await Promise.all([kept(page), restart()]); // the page says it for some seconds only

  await first.leave();
  await page
    .getByRole('button', { name: /Parterre Centre/ })
    .first()
    .click();
  await page.getByRole('gridcell', { name: /row C, seat 9\b/i }).click();
  await restart();
  await page.getByRole('button', { name: 'Hold this seat' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pay for your seats' }).waitFor();
});

async function restart(): Promise<void> {
  const running = site().http.find((process) => process.isRunning());
  await running?.kill('SIGKILL');
  await site().startHttp({ PORT: new URL(site().url).port });
}

test('a place outlasts the loss of Redis', async () => {
  const { page, concertId, first } = await waitInLine('survivor');
  await site().redis.flushall();

  await page.getByRole('heading', { level: 1, name: 'Your place is being restored' }).waitFor();
  await first.status(); // the fan before comes back too
  await inLine(page);
  await first.leave();
  await page.getByRole('heading', { level: 1, name: 'First Light' }).waitFor();
  await eventually(async () => expect((await site().room(concertId)).active).toBe(1));
});
