import { gzipSync } from 'node:zlib';
import type { Locator, Page, Response } from 'playwright-core';
import { expect, test } from 'vitest';
import { useMemorySite } from './support/use-site.ts';
import { usePages } from './support/use-pages.ts';

const site = useMemorySite();
const pages = usePages();

/** Bytes of everything that a fan's first visit of a page loads, compressed by gzip. */
const SCRIPT_BYTES_MAX = 40 * 1024;
const STYLE_BYTES_MAX = 10 * 1024;

/** Opens a page and returns what it has loaded when `shown` is there, by kind. */
async function measureFirstLoad(
  path: string,
  shown: (page: Page) => Locator,
): Promise<Record<'script' | 'stylesheet', number>> {
  const bytes = { script: 0, stylesheet: 0 };
  const bodies: Promise<void>[] = [];
  const count = async (response: Response) => {
    const kind = response.request().resourceType();
    if (kind !== 'script' && kind !== 'stylesheet') return;
    const body = await response.body();
    bytes[kind] += gzipSync(body).length;
  };
  const prepare = async (page: Page) => page.on('response', (response) => bodies.push(count(response)));
  const page = await pages.openFan(site(), { path, user: 'mina', prepare });
  await shown(page).waitFor();
  await Promise.all(bodies);
  return bytes;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const joinButton = (page: Page) => page.getByRole('button', { name: 'Join the waiting room' });

// Without a place, the hall leads to the waiting room, so its first load has the scripts of both.
test.each([
  ['the list of concerts', () => '/', heading],
  ['a concert', (sale: Sale) => `/concerts/${sale.concertId}`, heading],
  ['the waiting room', (sale: Sale) => `/concerts/${sale.concertId}/room`, joinButton],
  ['the hall and the waiting room', (sale: Sale) => `/events/${sale.eventId}`, joinButton],
  ['the tickets', () => '/tickets', heading],
  ['the wallet', () => '/wallet', heading],
] as const)('the first load of %s is small', async (_, pathOf, shown) => {
  const sale = await site().openSale({ seatCount: 10 });
  const { script, stylesheet } = await measureFirstLoad(pathOf(sale), shown);
  expect(script).toBeGreaterThan(1_000);
  expect(script).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  expect(stylesheet).toBeLessThanOrEqual(STYLE_BYTES_MAX);
});

type Sale = { readonly concertId: string; readonly eventId: string };
