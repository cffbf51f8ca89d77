import { test } from 'vitest';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

async function openRoomOfWaiting() {
  const { concertId } = await site().openSale({
    seatCount: 20,
    policy: { admission: { maxActive: 1, intervalMs: 500 } },
  });
  const first = site().fan(`first of ${concertId}`);
  await first.join(concertId);
  await first.status();
  const page = await pages.openFan(site(), { path: `/concerts/${concertId}/room`, user: 'fan' });
  await page.getByRole('button', { name: 'Join the waiting room' }).click();
  await page.getByRole('heading', { level: 1, name: 'You are in line' }).waitFor();
  return { page, concertId };
}

test('a page without a network says so, and what was kept when it is back', async () => {
  const { page } = await openRoomOfWaiting();
  await page.context().setOffline(true);
  await page.getByRole('strong').filter({ hasText: 'You are offline' }).waitFor();
  await expectAccessible(page);

  await page.context().setOffline(false);
  await page.getByRole('strong').filter({ hasText: 'You are connected again.' }).waitFor();
  await page.getByRole('paragraph').filter({ hasText: 'Your place was kept.' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'You are in line' }).waitFor();
});

test('a list waits for a server that cannot answer, and goes on by itself', async () => {
  await site().openSale({ seatCount: 20 });
  const page = await pages.openFan(site(), {
    prepare: (opened) =>
      opened.route('**/v1/concerts?*', (route) =>
        route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          headers: { 'Retry-After': '30' },
          body: JSON.stringify({ code: 'UNAVAILABLE', title: 'Unavailable', status: 503 }),
        }),
      ),
  });
  await page.getByRole('strong').filter({ hasText: 'The server cannot answer at the moment' }).waitFor();
  await page.getByText(/Next try in \d+ s\./).waitFor();
  await expectAccessible(page);

  await page.unroute('**/v1/concerts?*');
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByRole('link', { name: 'Winter Light' }).first().waitFor();
  await page.getByRole('strong').filter({ hasText: 'You are connected again.' }).waitFor();
});
