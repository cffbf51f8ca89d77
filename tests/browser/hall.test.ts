import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { drawHall } from '../support/halls.ts';
import { type SaleOptions, expectOk } from '../support/operator.ts';
import { admitFan } from './support/admitted-fan.ts';
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts';
import { type PageOptions, usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

/** A date on sale, and the page of it for an admitted fan. */
async function openHall(
  user: string,
  sale: SaleOptions,
  { path = '', prepare, ...options }: PageOptions = {},
) {
  const { concertId, eventId } = await site().openSale(sale);
  const { fan, options: admitted } = await admitFan(site(), user, concertId);
  const page = await pages.openFan(site(), {
    path: `/events/${eventId}${path}`,
    ...options,
    ...admitted,
    prepare: async (opened) => {
      await admitted.prepare(opened);
      await prepare?.(opened);
    },
  });
  return { page, fan, concertId, eventId };
}

const seat = (page: Page, name: string) => page.getByRole('gridcell', { name });
const isChosen = (page: Page, name: string) => seat(page, name).and(page.locator('[aria-selected="true"]'));
const hold = (page: Page) => page.getByRole('button', { name: 'Hold these seats' });

/** Another fan, who has joined the waiting room. */
async function join(user: string, concertId: string) {
  const fan = site().fan(user);
  expectOk(await fan.join(concertId));
  return fan;
}

test('a fan opens a section, chooses two seats and holds them', async () => {
  const { page, fan, eventId } = await openHall('chooser', { layout: createDemoHall() });

  await page.getByRole('button', { name: /^Parterre Centre/ }).click();
  await seat(page, 'Row B, seat 10, Premium ₩165,000, free').click();
  await seat(page, 'Row B, seat 11, Premium').click();
  await page.getByText('₩330,000').waitFor();
  await hold(page).click();

  await page.waitForURL('**/reservations/*');
  const [reservation] = expectOk(await fan.reservations()).items;
  expect(reservation).toMatchObject({ eventId, status: 'HELD', totalAmount: 330_000 });
});

test('a fan finds and chooses seats by keyboard alone', async () => {
  const { page } = await openHall('typist', { layout: createDemoHall() }, { viewport: 'desktop' });

  await page.getByRole('button', { name: /^Circle/ }).press('Enter');
  await page.getByRole('heading', { name: 'Circle' }).and(page.locator(':focus')).waitFor();
  await seat(page, 'Row A, seat 1,').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await isChosen(page, 'Row B, seat 3,').waitFor();
  for (const key of ['End', ' ']) await page.keyboard.press(key);
  await isChosen(page, 'Row B, seat 34,').waitFor();
  await page.keyboard.press('Control+End');
  await seat(page, 'Row J, seat 34,').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Circle/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.getByText('2 seats', { exact: true }).waitFor();
});

test('a chosen seat that someone takes leaves the choice, and the others stay', async () => {
  const { page, fan, concertId, eventId } = await openHall('slow', { seatCount: 20 });
  const fast = await join('fast', concertId);
  for (const number of [5, 6, 7]) await seat(page, `Seat ${number},`).click();

  expectOk(await fast.hold(eventId, [6]));

  await page.getByRole('alert').getByText('Someone else has just taken Seat 6').waitFor();
  await seat(page, 'Seat 6, ₩100, being booked by someone').waitFor();
  await isChosen(page, 'Seat 5,').waitFor();
  await isChosen(page, 'Seat 7,').waitFor();
  await hold(page).click();
  await page.waitForURL('**/reservations/*');
  expect(expectOk(await fan.reservations()).items[0]?.seatNumbers).toEqual([5, 7]);
});

test('a hold that comes too late keeps the other seats', async () => {
  const { page, concertId, eventId } = await openHall('late', { seatCount: 20 });
  const early = await join('early', concertId);
  await seat(page, 'Seat 2,').click();
  await seat(page, 'Seat 3,').click();
  const takeFirst = async (route: Route) => {
    expectOk(await early.hold(eventId, [3]));
    await route.continue();
  };
  await page.route('**/v1/reservations', takeFirst, { times: 1 });

  await hold(page).click();

  await page.getByRole('alert').getByText('Someone else has just taken Seat 3').waitFor();
  await isChosen(page, 'Seat 2,').waitFor();
  await page.getByRole('button', { name: 'Hold this seat' }).click();
  await page.waitForURL('**/reservations/*');
});

test('one tap holds the two best seats', async () => {
  const { page, fan } = await openHall('quick', { layout: createDemoHall() }, { locale: 'ko' });

  await page.getByRole('button', { name: '2석 자동 배정' }).click();

  await page.waitForURL('**/reservations/*');
  const [reservation] = expectOk(await fan.reservations()).items;
  expect(reservation?.seats?.map(({ section, row }) => `${section} ${row}`)).toEqual(
    Array.from({ length: 2 }, () => 'Parterre Centre A'),
  );
});

test('too many of the best seats together become fewer by one tap', async () => {
  const layout = drawHall({ Parterre: ['...', '..'] });
  const { page, fan } = await openHall('group', { layout });

  await page.getByRole('button', { name: 'One seat more' }).click({ clickCount: 2 });
  await page.getByRole('button', { name: 'Best 4 seats' }).click();
  await page.getByText('There are no such seats beside each other').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take 3 beside each other' }).click();

  await page.waitForURL('**/reservations/*');
  expect(expectOk(await fan.reservations()).items[0]?.seatNumbers).toEqual([1, 2, 3]);
});

test('an accessible seat is booked by who says that they need it', async () => {
  const { page, fan } = await openHall('wheelchair', { layout: drawHall({ Parterre: ['.ac.'] }) });

  await seat(page, 'Row 1, seat 2, Front ₩1,000, free, wheelchair space').click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'No, other seats' }).click();
  expect(await isChosen(page, 'Row 1, seat 2,').count()).toBe(0);
  await seat(page, 'Row 1, seat 2,').click();
  await page.getByRole('button', { name: 'Yes, one of us needs it' }).click();
  await seat(page, 'Row 1, seat 3, Front ₩1,000, free, companion seat').click();
  await hold(page).click();

  await page.waitForURL('**/reservations/*');
  expect(expectOk(await fan.reservations()).items[0]?.seatNumbers).toEqual([2, 3]);
});

test('a choice that leaves a single seat can take it as well', async () => {
  const policy = { hold: { orphans: 'refuse' } };
  const { page, fan } = await openHall('leaver', { layout: drawHall({ Parterre: ['....', '...'] }), policy });
  for (const number of [1, 2, 3]) await seat(page, `Row 1, seat ${number},`).click();

  await hold(page).click();
  await page.getByText('This would leave a single seat: Parterre, row 1, seat 4').waitFor();
  await page.getByRole('button', { name: 'Take it as well' }).click();
  await hold(page).click();

  await page.waitForURL('**/reservations/*');
  expect(expectOk(await fan.reservations()).items[0]?.seatNumbers).toEqual([1, 2, 3, 4]);
});

test('more seats than a reservation may have are refused once, and then not chosen', async () => {
  const { page } = await openHall('greedy', {
    seatCount: 20,
    policy: { hold: { maxSeatsPerReservation: 2 } },
  });
  for (const number of [1, 2, 3]) await seat(page, `Seat ${number},`).click();

  await hold(page).click();
  await page.getByText('One booking has at most 2 seats').waitFor();
  await page.getByRole('button', { name: 'Remove Seat 3' }).click();
  await seat(page, 'Seat 4,').click();

  expect(await isChosen(page, 'Seat 4,').count()).toBe(0);
  await page.getByText('2 of 2 seats').waitFor();
});

test('a fan with a live hold is led to it', async () => {
  const { page, fan, eventId } = await openHall('holder', { seatCount: 20 });
  await seat(page, 'Seat 1,').click();
  const { id } = expectOk(await fan.hold(eventId, [9]));

  await page.getByRole('button', { name: 'Hold this seat' }).click();

  await page.getByText('You already hold seats of this concert').waitFor();
  await page.getByRole('link', { name: 'Go to your seats' }).click();
  await page.waitForURL(`**/reservations/${id}`);
});

test('the choice survives a reload', async () => {
  const { page } = await openHall('reloader', { seatCount: 20 });
  await seat(page, 'Seat 8,').click();

  await page.reload();

  await isChosen(page, 'Seat 8,').waitFor();
});

test('a new version of the layout is shown quietly, and the choice stays', async () => {
  const { page, eventId } = await openHall('stayer', { layout: drawHall({ Parterre: ['....'] }) });
  await seat(page, 'Row 1, seat 2,').click();

  const layout = drawHall({ Stalls: ['....'] });
  await replaceLayout(eventId, layout);

  await page.getByRole('heading', { name: 'Stalls' }).waitFor();
  await isChosen(page, 'Row 1, seat 2,').waitFor();
  expect(await page.getByRole('alert').getByText(/./).count()).toBe(0);
});

test('stopped sales are explained, and go on', async () => {
  const { page, eventId } = await openHall('waiter', { seatCount: 20 });
  await seat(page, 'Seat 1,').click();

  await site().stopSales(eventId, 'A <b>storm</b> is near');
  await page.getByText('A <b>storm</b> is near').waitFor();
  await expectAccessible(page);
  await site().stopSales(eventId, null);

  await page.getByText('A <b>storm</b> is near').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Hold this seat' }).click();
  await page.waitForURL('**/reservations/*');
});

test('a lost connection is reported, and the seats are current again after it', async () => {
  const connection = createFlakyConnection();
  const { prepare } = connection;
  const { page, concertId, eventId } = await openHall('traveller', { seatCount: 20 }, { prepare });
  const other = await join('other', concertId);
  await seat(page, 'Seat 1,').click();
  connection.isLost = true;
  await page.getByText('The server cannot be reached', { exact: true }).waitFor();
  expectOk(await other.hold(eventId, [2]));

  connection.isLost = false;

  await seat(page, 'Seat 2, ₩100, being booked by someone').waitFor();
  await isChosen(page, 'Seat 1,').waitFor();
  await page.getByRole('button', { name: 'Hold this seat' }).click();
  await page.waitForURL('**/reservations/*');
  expect(page.url()).toContain('/reservations/');
});

test('a tap on a small seat zooms in, and the next one chooses', async () => {
  const { page } = await openHall('tapper', { layout: createDemoHall() }, { path: '?section=Circle' });
  const tapped = seat(page, 'Row E, seat 17,');

  await tapped.tap();
  await page.getByRole('status').getByText('Zoomed in. Tap the seat once more.').waitFor();
  expect(await page.locator('[aria-selected="true"]').count()).toBe(0);
  await tapped.tap();

  await isChosen(page, 'Row E, seat 17,').waitFor();
  const { width = 0, height = 0 } = (await tapped.boundingBox()) ?? {};
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
});

test('names with markup stay text, and long ones fit', async () => {
  const name = '<img src=x onerror=alert(1)> '.repeat(3);
  const drawn = drawHall({ [name]: ['....'], Other: ['....'] });
  const label = '<b>20 letters</b> 12';
  const [section, other] = drawn.sections;
  const rows = section?.rows.map((row) => ({
    label,
    seats: row.seats.map((one, index) => ({ ...one, label: index === 0 ? label : one.label })),
  }));
  const layout = { ...drawn, sections: [{ ...section, rows }, other] } as Layout;
  const { page } = await openHall('reader', { layout }, { viewport: 'narrow' });

  await page.getByRole('button', { name: /^<img src=x/ }).click();
  await seat(page, `Row ${label}, seat ${label}, Front`).dispatchEvent('click');
  await page.getByRole('button', { name: /^Remove <img/ }).waitFor();

  await expectNoSidewaysScroll(page);
  expect(await page.locator('main img').count()).toBe(0);
});

test('a hall that sells out says so, and shows seats that come back', async () => {
  const { page, concertId, eventId } = await openHall('hopeful', {
    layout: drawHall({ Left: ['..'], Right: ['..'] }),
  });
  const others = [await join('first', concertId), await join('second', concertId)] as const;
  expectOk(await others[0].hold(eventId, [1, 2]));
  const { id } = expectOk(await others[1].hold(eventId, [3, 4]));
  await page.getByRole('button', { name: 'Left Sold out' }).waitFor();
  await page.getByRole('button', { name: 'Best 2 seats' }).click();
  await page.getByText('All seats of this date are taken for now').waitFor();

  expect((await others[1].cancel(id)).status).toBe(204);

  await page.getByRole('button', { name: /^Right 2 seats left/ }).waitFor();
});

test('the end of the session leads to the waiting room', async () => {
  const { page, concertId } = await openHall('late-comer', { seatCount: 20 });
  await seat(page, 'Seat 1,').waitFor();

  const path = `/v1/admin/concerts/${concertId}/waiting-room/users/late-comer`;
  expectOk(await site().admin.send('DELETE', path));

  await page.getByRole('alert').getByText('Your time to choose has ended').waitFor();

  await expectAccessible(page);
  expect(await page.getByRole('link', { name: 'Go to the waiting room' }).getAttribute('href')).toMatch(
    /\/room$/,
  );
});

test('a fan without a place is led to the waiting room', async () => {
  const { concertId, eventId } = await site().openSale();
  const page = await pages.openFan(site(), { path: `/events/${eventId}`, user: 'stranger' });

  await page.waitForURL('**/room');
  expect(new URL(page.url()).pathname).toBe(`/concerts/${concertId}/room`);
});

test('50,000 numbers open block by block', async () => {
  const { page } = await openHall('far', { seatCount: 50_000 }, { viewport: 'narrow', locale: 'ko' });

  await page.getByRole('button', { name: /^49001–50000/ }).click();
  const last = seat(page, '50000번,');
  await last.dispatchEvent('click'); // a finger would zoom in first
  await isChosen(page, '50000번,').waitFor();
  await expectNoSidewaysScroll(page);
});

test('a section of 5,000 seats renders what is shown of it', async () => {
  const rows = Array.from({ length: 50 }, () => '.'.repeat(100));
  const { page } = await openHall('walker', { layout: drawHall({ Field: rows }) }, { viewport: 'desktop' });

  await seat(page, 'Row 1, seat 1,').focus();
  expect(await page.getByRole('gridcell').count()).toBeLessThan(4_000);
  await page.keyboard.press('Control+End');
  await seat(page, 'Row 50, seat 100,').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await isChosen(page, 'Row 50, seat 100,').waitFor();
});

test('places for standing are chosen by their number', async () => {
  const drawn = drawHall({ Floor: ['........'], Balcony: ['....'] });
  const sections = drawn.sections.map((section, index) => ({
    ...section,
    kind: index === 0 ? 'STANDING' : 'SEATED',
  }));
  const { page, fan } = await openHall(
    'stander',
    { layout: { ...drawn, sections } as Layout },
    { path: '?section=Floor' },
  );

  await page.getByRole('button', { name: 'Hold 2 places' }).click();

  await page.waitForURL('**/reservations/*');
  expect(expectOk(await fan.reservations()).items[0]?.seatNumbers).toHaveLength(2);
});

/** Lets no stream begin, so that the page polls, and fails the polls while `isLost`. */
function createFlakyConnection() {
  const connection = {
    isLost: false,
    prepare: async (page: Page) => {
      await page.route('**/seats/stream', (route) => route.abort());
      await page.route('**/seats?*', (route) => (connection.isLost ? route.abort() : route.continue()));
    },
  };
  return connection;
}

async function replaceLayout(eventId: string, layout: Layout): Promise<void> {
  const path = `/v1/admin/events/${eventId}/layout`;
  expectOk(await site().admin.send('PUT', path, { body: layout, headers: { 'If-Match': '*' } }));
}
