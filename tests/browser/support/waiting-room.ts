import type { Page } from 'playwright-core';
import type { MemorySite } from '../../support/browser/memory-site.ts';
import type { PageOptions, Pages } from './use-pages.ts';

const ONE_AT_A_TIME = { maxActive: 1, intervalMs: 500 };

/** A sale whose only slot another fan has, with `ahead` fans who wait. */
export async function openBusySale(
  site: MemorySite,
  { ahead = 0, admission = {}, seatCount = 20, price = 1_000 } = {},
) {
  const sale = await site.openSale({
    seatCount,
    price,
    policy: { admission: { ...ONE_AT_A_TIME, ...admission } },
  });
  const first = site.fan(`first of ${sale.concertId}`);
  await first.join(sale.concertId);
  await first.status();
  for (let i = 0; i < ahead; i++) await site.fan(`fan ${i} of ${sale.concertId}`).join(sale.concertId);
  return { ...sale, first };
}

/** The page of a fan who has just joined the room. */
export async function joinRoom(site: MemorySite, pages: Pages, concertId: string, options: PageOptions = {}) {
  const path = `/concerts/${concertId}/room`;
  const page = await pages.openFan(site, { path, user: 'calm-otter-1234', ...options });
  await page.getByRole('button', { name: /Join the waiting room|대기열 입장하기/ }).click();
  return page;
}

export const expectHeading = (page: Page, name: string, timeout?: number) =>
  page.getByRole('heading', { level: 1, name }).waitFor(timeout === undefined ? {} : { timeout });

/** Not the same text in a live region. */
export const expectText = (page: Page, text: string) =>
  page.getByRole('main').getByText(text, { exact: true }).waitFor();
