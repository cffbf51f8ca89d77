import type { Policy } from '@frontrow/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectOk } from '../../support/operator.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/check-page.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

/** One fan at a time is admitted, so everybody else waits. */
const ONE_AT_A_TIME = { admission: { maxActive: 1 } };

async function openRoom(scope = 'admin', keptWaiting = true) {
  const { concertId, eventId } = await site().openSale(keptWaiting ? { policy: ONE_AT_A_TIME } : {});
  if (keptWaiting) await site().fan('first').join(concertId);
  const page = await pages.openConsole(site(), { path: `/console/concerts/${concertId}`, scope });
  await page.getByRole('heading', { name: 'How well it runs' }).waitFor();
  await expectAccessible(page);
  return { concertId, eventId, page };
}

async function policyOf(concertId: string) {
  return expectOk(await site().admin.send<Policy>('GET', `/v1/admin/concerts/${concertId}/policy`));
}

const actsOf = (page: Page) => page.getByRole('group', { name: 'Acts on the room' });

test('a waiting fan reads the reason of a pause, with markup as it was typed, until the admission resumes', async () => {
  const { concertId, page } = await openRoom();
  const fan = await pages.openFan(site(), { path: `/concerts/${concertId}/room`, user: 'second' });
  await fan.getByRole('button', { name: 'Join the waiting room' }).click();
  const reason = 'We resume at 21:00 <b onclick="alert(1)">&amp; soon</b>';
  await actsOf(page).getByRole('button', { name: 'Pause admission' }).click();
  await page.getByLabel('Reason that fans read').fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: 'Pause admission' }).click();
  await page.getByText('Nobody is admitted', { exact: true }).waitFor();
  await fan.getByText(reason).waitFor();
  await actsOf(page).getByRole('button', { name: 'Resume admission' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume admission' }).click();
  await fan.getByText(reason).waitFor({ state: 'detached' });
  expect((await site().room(concertId)).room).toBe('OPEN');
});

test('the admission is paused by the keyboard alone', async () => {
  const { concertId, page } = await openRoom();
  await actsOf(page).getByRole('button', { name: 'Pause admission' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').locator(':focus').waitFor();
  await page.keyboard.type('Back at nine');
  await page.keyboard.press('Enter');
  await page.getByText('Back at nine').waitFor();
  await expect.poll(async () => (await site().room(concertId)).room).toBe('PAUSED');
  const resume = actsOf(page).getByRole('button', { name: 'Resume admission' });
  await resume.and(page.locator(':focus')).waitFor();
});

test('sales stop only once the name of the concert is typed', async () => {
  const { page } = await openRoom();
  const stop = actsOf(page).getByRole('button', { name: 'Stop all sales' });
  await stop.click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Stop all sales' });
  await page.getByLabel('Reason that fans read').fill('A wrong price');
  expect(await confirm.getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel('Name').fill('something else');
  await page.keyboard.press('Enter');
  await confirm.waitFor();
  await page.getByLabel('Name').fill((await page.getByRole('heading', { level: 1 }).textContent()) ?? '');
  await confirm.click();
  await page.getByText('Sales of all dates are stopped').waitFor();
  await page.getByText('A wrong price').waitFor();
});

test('staff who only read see the room and no acts', async () => {
  const { page } = await openRoom('sales:read');
  await page.getByText('Acts need the scope sales:write').waitFor();
  expect(await page.getByRole('button', { name: /Pause|Stop|End|Edit|Archive|Delete/ }).count()).toBe(0);
});

test('staff of a gate read which scope shows sales', async () => {
  const page = await pages.openConsole(site(), { path: '/console', scope: 'check-in' });
  await page.getByText('Your account does not show sales').waitFor();
  expect(await page.getByRole('table').count()).toBe(0);
});

test('the place of one user ends, and another is admitted', async () => {
  const { concertId, page } = await openRoom();
  await site().fan('second').join(concertId);
  await actsOf(page).getByRole('button', { name: 'End a place' }).click();
  await page.getByLabel('User id').fill('first');
  await page.getByRole('button', { name: 'End this place' }).click();
  await page.getByText('The place of first has ended').first().waitFor();
  await expect.poll(async () => (await site().room(concertId)).waiting).toBe(0);
});

test('an act that was not answered keeps its dialog, and is repeated', async () => {
  const { concertId, page } = await openRoom();
  let refusals = 2;
  await page.route('**/policy', (route) => {
    if (route.request().method() !== 'PATCH' || refusals-- <= 0) return route.fallback();
    return route.abort('connectionrefused');
  });
  await actsOf(page).getByRole('button', { name: 'Pause admission' }).click();
  await page.getByLabel('Reason that fans read').fill('One moment');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause admission' }).click();
  await page.getByText('Nobody is admitted', { exact: true }).waitFor();
  expect((await policyOf(concertId)).admission).toMatchObject({ state: 'PAUSED', reason: 'One moment' });
});

test('a session that ends in the middle of an act loses nothing that was entered', async () => {
  const { concertId, page } = await openRoom();
  await actsOf(page).getByRole('button', { name: 'Pause admission' }).click();
  await page.getByLabel('Reason that fans read').fill('Kept');
  const user = await page.evaluate(() => localStorage.getItem('frontrow.dev-user.console') ?? '');
  await page.evaluate(() => localStorage.setItem('frontrow.dev-user.console', ''));
  const unauthenticated = JSON.stringify({
    type: 'urn:frontrow:problem:UNAUTHENTICATED',
    title: 'Sign in',
    status: 401,
    detail: 'Sign in.',
    instance: '/',
    code: 'UNAUTHENTICATED',
  });
  await page.route('**/v1/admin/**', (route) =>
    route.fulfill({ status: 401, contentType: 'application/problem+json', body: unauthenticated }),
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Pause admission' }).click();
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await page.unroute('**/v1/admin/**');
  await page.evaluate((value) => localStorage.setItem('frontrow.dev-user.console', value), user);
  await page.getByRole('button', { name: 'I have signed in' }).click();
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Reason that fans read').inputValue()).toBe('Kept');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause admission' }).click();
  await page.getByText('Nobody is admitted', { exact: true }).waitFor();
  expect((await policyOf(concertId)).admission).toMatchObject({ state: 'PAUSED', reason: 'Kept' });
});

test('a computer whose clock is an hour off shows the ages of the server', async () => {
  const { concertId } = await site().openSale();
  const page = await pages.openConsole(site(), {
    path: `/console/concerts/${concertId}`,
    standingAt: Date.now() + 3_600_000,
  });
  await page.getByRole('heading', { name: 'How well it runs' }).waitFor();
  await page.getByText(/^\d(\.\d+)? s ago$/).waitFor();
  await page.getByText('No worker admits fans').waitFor({ state: 'detached' });
});

test('the room fits a narrow page', async () => {
  const { concertId } = await site().openSale();
  const path = `/console/concerts/${concertId}`;
  for (const tab of ['', '/dates', '/policy', '/sale-codes']) {
    const page = await pages.openConsole(site(), { path: path + tab, viewport: 'narrow', theme: 'dark' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});

test('the jobs are shown with their last runs', async () => {
  const page = await pages.openConsole(site(), { path: '/console/jobs', scope: 'sales:read' });
  const row = page.getByRole('row', { name: /^admit-waiting/ });
  await row.getByText('Runs', { exact: true }).waitFor();
  await page.getByText('No job runs').waitFor({ state: 'detached' });
});
