import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { expect, test } from 'vitest';
import { useMemorySite } from './support/use-site.ts';
import { usePages } from './support/use-pages.ts';

const site = useMemorySite();
const pages = usePages();

/** Bytes of everything that a fan's first visit of a page loads, compressed by gzip. */
const SCRIPT_BYTES_MAX = 40 * 1024;
const STYLE_BYTES_MAX = 10 * 1024;

/** Opens a page and returns what it has loaded when it shows its title, by kind. */
async function measureFirstLoad(path: string): Promise<Record<'script' | 'stylesheet', number>> {
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
  await page.getByRole('heading', { level: 1 }).waitFor();
  await Promise.all(bodies);
  return bytes;
}

test.each([
  ['the list of concerts', () => '/'],
  ['a concert', (sale: Sale) => `/concerts/${sale.concertId}`],
  ['the tickets', () => '/tickets'],
  ['the wallet', () => '/wallet'],
])('the first load of %s is small', async (_, pathOf) => {
  const sale = await site().openSale({ seatCount: 10 });
  const { script, stylesheet } = await measureFirstLoad(pathOf(sale));
  expect(script).toBeGreaterThan(1_000);
  expect(script).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  expect(stylesheet).toBeLessThanOrEqual(STYLE_BYTES_MAX);
});

// A fan comes to these from the list, with its files in the cache. Without a place, the hall leads to the waiting room.
test.each([
  ['the waiting room', (sale: Sale) => `/concerts/${sale.concertId}/room`, 50 * 1024],
  ['the hall and the waiting room', (sale: Sale) => `/events/${sale.eventId}`, 70 * 1024],
] as const)('a first load of %s has a limit of its own', async (_, pathOf, scriptBytesMax) => {
  const sale = await site().openSale({ seatCount: 10 });
  const { script, stylesheet } = await measureFirstLoad(pathOf(sale));
  expect(script).toBeLessThanOrEqual(scriptBytesMax);
  expect(stylesheet).toBeLessThanOrEqual(STYLE_BYTES_MAX);
});

type Sale = { readonly concertId: string; readonly eventId: string };
