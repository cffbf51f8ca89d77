import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { type MemorySite, startMemorySite } from '@frontrow/tests/support/browser/memory-site.ts';
import { startChromium } from '@frontrow/tests/support/browser/start-chromium.ts';
import { drawHall } from '@frontrow/tests/support/halls.ts';
import { type Browser, type Page, chromium } from 'playwright-core';
import { ensureWebBuild } from '../../apps/web/build/ensure-web-build.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { INTERACTIONS, LARGEST_PAINT, OBSERVE } from './page-timings.ts';

/** How much slower than this machine the phone is. */
const CPU_SLOWDOWN = 4;
const LOADS = 5;
/** Each seat is chosen and given back. */
const SEATS = 12;
const LARGEST_PAINT_MS_MAX = 1_500;
const INTERACTION_MS_MAX = 200;
const PHONE = { width: 390, height: 844 };
/** One section of 1,200 seats, all of them in the document. */
const WIDE_SECTION: Layout = drawHall({ Hall: Array.from({ length: 30 }, () => '.'.repeat(40)) });

type Fan = { readonly page: Page; close(): Promise<void> };
type Sale = { readonly concertId: string; readonly eventId: string };

/** `pnpm bench page`: the largest paint of the fan's pages, and the choice of seats, on a slow phone. About a minute. */
export async function benchPage(): Promise<void> {
  ensureWebBuild();
  const [site, server] = await Promise.all([startMemorySite(), startChromium()]);
  const browser = await chromium.connect(server.wsEndpoint);
  try {
    console.log(describeMachine(null, { Chromium: server.how }).join('\n'));
    const sales = {
      demo: await site.openSale({ layout: createDemoHall() }),
      wide: await site.openSale({ layout: WIDE_SECTION }),
    };
    console.log();
    printTable([
      await measureLoads(browser, site, 'the list of concerts', '/'),
      await measureLoads(browser, site, 'a concert', `/concerts/${sales.demo.concertId}`),
      await measureHall(browser, site, sales.demo),
      ...(await measureChoices(browser, site, sales.wide)),
    ]);
  } finally {
    await browser.close();
    await server.stop();
    await site.close();
  }
}

let fans = 0;

/** A fan with a phone and an empty cache. */
async function openFan(browser: Browser, { url }: MemorySite): Promise<Fan> {
  const userId = `fan-${(fans += 1)}`;
  const user = { name: 'frontrow.dev-user.fan', value: JSON.stringify({ userId, scope: '' }) };
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-US',
    viewport: PHONE,
    storageState: { cookies: [], origins: [{ origin: url, localStorage: [user] }] },
  });
  await context.addInitScript(OBSERVE);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  return { page, close: () => context.close() };
}

async function measureLoads(browser: Browser, site: MemorySite, what: string, path: string): Promise<Row> {
  const paints: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const fan = await openFan(browser, site);
    await fan.page.goto(path);
    await fan.page.getByRole('heading', { level: 1 }).waitFor();
    paints.push(await readLargestPaint(fan.page));
    await fan.close();
  }
  return paintRow(what, paints);
}

/** A fan who is admitted opens the address of the hall, with everything in the cache. */
async function measureHall(browser: Browser, site: MemorySite, sale: Sale): Promise<Row> {
  const fan = await openFan(browser, site);
  await enter(fan.page, sale);
  const paints: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    await fan.page.goto(`/events/${sale.eventId}`);
    await fan.page.getByRole('region', { name: 'Your seats' }).waitFor();
    paints.push(await readLargestPaint(fan.page));
  }
  await fan.close();
  return paintRow('the hall of 1,204 seats, files in the cache', paints);
}

async function measureChoices(browser: Browser, site: MemorySite, sale: Sale): Promise<Row[]> {
  const fan = await openFan(browser, site);
  const { page } = fan;
  await enter(page, sale);
  await page.goto(`/events/${sale.eventId}`);
  await page.locator('[data-seat]').nth(1_199).waitFor();
  const seatAt = (index: number) => page.locator(`[data-seat="${600 + index * 40}"]`);
  const rows = [
    interactionRow('tap on a seat of 1,200', await timeChoices(page, (index) => seatAt(index).click())),
    interactionRow('Enter on a seat of 1,200', await timeChoices(page, () => page.keyboard.press('Enter'))),
    interactionRow('arrow key in 1,200 seats', await timeMoves(page)),
  ];
  await fan.close();
  return rows;
}

/** Joins the waiting room on the page, which admits at once. */
async function enter(page: Page, { concertId }: Sale): Promise<void> {
  await page.goto(`/concerts/${concertId}/room`);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'It is your turn' }).waitFor();
}

/** The longest interaction of each choice and of each return of a seat, in ms. */
async function timeChoices(page: Page, act: (index: number) => Promise<void>): Promise<readonly number[]> {
  const durations: number[] = [];
  for (let index = 0; index < SEATS; index += 1) {
    for (const chosen of [1, 0]) {
      await page.evaluate(INTERACTIONS); // forgets the earlier ones
      await act(index);
      await page.waitForFunction(`document.querySelectorAll('[aria-selected="true"]').length === ${chosen}`);
      durations.push(Math.max(...(await readInteractions(page))));
    }
  }
  return durations;
}

/** Moves the focus from seat to seat. */
async function timeMoves(page: Page): Promise<readonly number[]> {
  const durations: number[] = [];
  for (let index = 0; index < SEATS; index += 1) {
    await page.evaluate(INTERACTIONS);
    await page.keyboard.press(index % 2 === 0 ? 'ArrowLeft' : 'ArrowUp');
    durations.push(Math.max(...(await readInteractions(page))));
  }
  return durations;
}

/** Entries arrive some time after the paint that they end with. */
const ENTRIES_AFTER_MS = 500;

async function readLargestPaint(page: Page): Promise<number> {
  await page.waitForTimeout(ENTRIES_AFTER_MS);
  return page.evaluate<number>(LARGEST_PAINT);
}

async function readInteractions(page: Page): Promise<readonly number[]> {
  await page.waitForTimeout(ENTRIES_AFTER_MS);
  return [0, ...(await page.evaluate<number[]>(INTERACTIONS))];
}

function paintRow(what: string, paints: readonly number[]): Row {
  return rowOf(`largest paint of ${what}`, paints, LARGEST_PAINT_MS_MAX);
}

function interactionRow(what: string, durations: readonly number[]): Row {
  return rowOf(`${what} to the next paint`, durations, INTERACTION_MS_MAX);
}

/** The verdict is about the longest one. */
function rowOf(path: string, times: readonly number[], maxMs: number): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const [median, longest] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
  return {
    path,
    figure: `${Math.round(median)} ms, at most ${Math.round(longest)} ms of ${times.length}`,
    goal: `≤ ${maxMs} ms`,
    isMet: longest <= maxMs,
  };
}
