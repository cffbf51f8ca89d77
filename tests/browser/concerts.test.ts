import { expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

const DAY_MS = 86_400_000;
const days = (count: number) => new Date(Date.now() + count * DAY_MS).toISOString();

async function post(path: string, body: object): Promise<string> {
  const answer = await site().admin.send<{ id: string }>('POST', path, { body });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

/** A concert with one date, on sale since yesterday unless `date` says otherwise. */
async function createConcert(
  title: string,
  date: object = {},
): Promise<{ concertId: string; eventId: string }> {
  const concertId = await post('/v1/admin/concerts', { title, artist: 'The Night Owls' });
  const eventId = await post(`/v1/admin/concerts/${concertId}/events`, {
    venue: 'Olympic Hall',
    startsAt: days(30),
    reservationStartAt: days(-1),
    reservationEndAt: days(29),
    seatCount: 50,
    price: 99_000,
    ...date,
  });
  return { concertId, eventId };
}

test('a search is kept in the address, over a reload and the back button', async () => {
  await createConcert('Spring Rain');
  await createConcert('첫눈 오는 밤');
  const page = await pages.openFan(site());
  await page.getByRole('link', { name: 'Spring Rain' }).waitFor();

  const search = page.getByRole('searchbox', { name: 'Search by concert or artist' });
  await search.fill('첫눈');
  await page.getByRole('link', { name: 'Spring Rain' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('link', { name: '첫눈 오는 밤' }).click();
  await page.getByRole('heading', { level: 1, name: '첫눈 오는 밤' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: '첫눈 오는 밤' }).waitFor();
  expect(await search.inputValue()).toBe('첫눈');

  await search.fill('no such words');
  await page.getByRole('heading', { name: 'No concert matches “no such words”' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Show all concerts' }).click();
  await page.getByRole('link', { name: 'Spring Rain' }).waitFor();
});

test('a long list is shown page by page, and the focus moves to the first new concert', async () => {
  for (let number = 1; number <= 14; number++) await createConcert(`Evening ${number} of the series`);
  const page = await pages.openFan(site(), { path: '/?q=series' });
  const links = page.getByRole('link', { name: 'of the series' });
  await expect.poll(() => links.count()).toBe(12);
  await page.getByRole('button', { name: 'Show more' }).click();

  await expect.poll(() => links.count()).toBe(14);
  await links.nth(12).and(page.locator(':focus')).waitFor();
  await expectAccessible(page);
});

test('a concert says of each date what a fan can do, in words of their language', async () => {
  const { concertId, eventId } = await createConcert('Every state');
  const more = (date: object) =>
    post(`/v1/admin/concerts/${concertId}/events`, {
      venue: 'Small Hall',
      startsAt: days(40),
      reservationStartAt: days(-1),
      reservationEndAt: days(39),
      price: 55_000,
      ...date,
    });
  await more({ reservationStartAt: days(2), startsAt: days(41) });
  await more({ reservationStartAt: days(-3), reservationEndAt: days(-1), startsAt: days(42) });
  const cancelled = await more({ startsAt: days(43) });
  await site().stopSales(eventId, 'The <b>hall</b> is checked.');
  const answer = await site().admin.send('POST', `/v1/admin/events/${cancelled}/cancel`, {
    body: { reason: 'The singer is ill.' },
    key: 'cancel every state',
  });
  expect(answer.status).toBeLessThan(300);

  const page = await pages.openFan(site(), {
    path: `/concerts/${concertId}`,
    locale: 'ko',
    viewport: 'narrow',
  });
  for (const state of ['판매 중지', '오픈 예정', '판매 종료', '공연 취소'])
    await page.getByText(state, { exact: true }).waitFor();
  await page.getByText('The <b>hall</b> is checked.').waitFor();
  await page.getByText('The singer is ill.').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test('a date is told by the clock of the venue, and by the fan’s where it differs', async () => {
  const { concertId } = await createConcert('Far away', {
    startsAt: '2031-06-01T10:00:00.000Z',
    timeZone: 'Europe/Lisbon',
  });
  const page = await pages.openFan(site(), { path: `/concerts/${concertId}` });

  await page.getByText('11:00 AM (venue time)').waitFor();
  await page.getByText('In your time zone: Sunday, June 1, 2031 at 7:00 PM').waitFor();
});

test('the clock of the device does not decide what is on sale', async () => {
  const { concertId } = await createConcert('Any clock');
  const page = await pages.openFan(site(), {
    path: `/concerts/${concertId}`,
    prepare: (opened) => opened.clock.setFixedTime(Date.now() + 365 * DAY_MS),
  });

  await page.getByText('On sale', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Join the waiting room' }).waitFor();
});

test('a concert that does not exist leads to the others', async () => {
  const page = await pages.openFan(site(), { path: '/concerts/none' });
  await page.getByRole('heading', { level: 1, name: 'There is no such concert' }).waitFor();
  await expectAccessible(page);
});
