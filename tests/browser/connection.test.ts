import { test } from 'vitest';
import { expectAccessible } from './support/check-page.ts';
import { usePages } from './support/use-pages.ts';
import { useMemorySite } from './support/use-site.ts';
import { expectHeading, joinRoom, openBusySale } from './support/waiting-room.ts';

const site = useMemorySite();
const pages = usePages();

test('a page without a network says so, and what was kept when it is back', async () => {
  const { concertId } = await openBusySale(site());
  const page = await joinRoom(site(), pages, concertId);
  await expectHeading(page, 'You are in line');
  await page.context().setOffline(true);
  await page.getByRole('strong').filter({ hasText: 'You are offline' }).waitFor();
  await expectAccessible(page);

  const isBack = [
    page.getByRole('strong').filter({ hasText: 'You are connected again.' }).waitFor(),
    page.getByRole('paragraph').filter({ hasText: 'Your place was kept.' }).waitFor(),
  ]; // the page says so for some seconds only
  await page.context().setOffline(false);
  await Promise.all(isBack);
  await expectHeading(page, 'You are in line');
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
  const isBack = page.getByRole('strong').filter({ hasText: 'You are connected again.' }).waitFor();
  await page.getByRole('button', { name: 'Try now' }).click();
  await isBack;
  await page.getByRole('link', { name: 'Winter Light' }).first().waitFor();
});
