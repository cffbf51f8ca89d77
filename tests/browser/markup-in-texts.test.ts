import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { drawHall } from '../support/halls.ts';
import { expectOk } from '../support/operator.ts';
import { NOW, createStage } from './states/stage.ts';
import { useMemorySite } from './support/use-site.ts';
import { usePages } from './support/use-pages.ts';

const site = useMemorySite({ standingAt: NOW });
const pages = usePages();

/** Text that would show a picture and run a script if a page took it for markup. */
const MARKUP = '<img src=x onerror="globalThis.hasRun=true"><script>globalThis.hasRun=true</script>';

type Sale = { readonly concertId: string; readonly eventId: string; readonly reservationId: string };
let sale: Sale;

beforeAll(async () => {
  const stage = createStage(site(), pages);
  const concertId = await stage.createConcert({
    title: `Title ${MARKUP}`,
    artist: `Artist ${MARKUP}`,
    description: `Description ${MARKUP}`,
  });
  const { categories, ...hall } = drawHall({ [`Section ${MARKUP}`]: ['....'] });
  const eventId = await stage.createDate(concertId, {
    venue: `Venue ${MARKUP}`,
    layout: {
      ...hall,
      categories: categories.map((category) => ({ ...category, name: `Category ${MARKUP}` })),
    },
  });
  const mina = site().fan('mina');
  expectOk(await mina.join(concertId));
  const { id } = expectOk(await mina.hold(eventId, [1]));
  await site().stopSales(eventId, `Stop ${MARKUP}`);
  sale = { concertId, eventId, reservationId: id };
});

/** Waits for texts with markup, and fails if the page took any of them for markup. */
async function expectTexts(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.getByText(`${text} ${MARKUP}`).first().waitFor();
  await page.locator('main').waitFor();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.evaluate(() => 'hasRun' in globalThis)).toBe(false);
}

test.each<[string, (sale: Sale) => string, readonly string[]]>([
  ['the list of concerts', () => '/', ['Title']],
  ['a concert', ({ concertId }) => `/concerts/${concertId}`, ['Title', 'Description', 'Venue', 'Stop']],
  ['a reservation', ({ reservationId }) => `/reservations/${reservationId}`, ['Title', 'Artist', 'Venue']],
  ['the list of reservations', () => '/tickets', ['Title', 'Venue']],
])('%s shows markup in texts as text', async (_, pathOf, texts) => {
  const page = await pages.openFan(site(), { path: pathOf(sale), user: 'mina', standingAt: NOW });
  await expectTexts(page, texts);
});

test('the waiting room shows markup in texts as text', async () => {
  const { concertId } = sale;
  const page = await pages.openFan(site(), {
    path: `/concerts/${concertId}/room`,
    user: 'joon',
    standingAt: NOW,
  });
  await page.getByRole('button', { name: 'Join' }).click();
  await expectTexts(page, ['Title', 'Artist', 'Stop']);
});

test('the hall shows markup in texts as text', async () => {
  const { concertId } = sale;
  const page = await pages.openFan(site(), {
    path: `/concerts/${concertId}/room`,
    user: 'mina',
    standingAt: NOW,
  });
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'It is your turn' }).waitFor();
  await page.goto(`/events/${sale.eventId}`);
  await expectTexts(page, ['Title', 'Stop']);
});

test.each<[string, (sale: Sale) => string, readonly string[]]>([
  ['the list of concerts', () => '/console', ['Title']],
  ['a concert', ({ concertId }) => `/console/concerts/${concertId}`, ['Title']],
  ['a date', ({ eventId }) => `/console/events/${eventId}`, ['Title']],
  ['the audit log', () => '/console/audit', []],
])('in the console, %s shows markup in texts as text', async (_, pathOf, texts) => {
  const page = await pages.openConsole(site(), { path: pathOf(sale), standingAt: NOW });
  await expectTexts(page, texts);
});
