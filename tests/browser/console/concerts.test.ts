import { expect, test } from 'vitest';
import { expectAccessible } from '../support/check-page.ts';
import { usePages } from '../support/use-pages.ts';
import { useMemorySite } from '../support/use-site.ts';

const site = useMemorySite();
const pages = usePages();

async function titles(): Promise<readonly string[]> {
  const { body } = await site().admin.send<{ items: readonly { title: string }[] }>(
    'GET',
    '/v1/admin/concerts?limit=100',
  );
  return body.items.map(({ title }) => title);
}

test('a concert whose creation was not answered is created once, however often it is sent', async () => {
  const page = await pages.openConsole(site());
  let lost = 2;
  await page.route('**/v1/admin/concerts', async (route) => {
    if (route.request().method() !== 'POST' || lost-- <= 0) return route.fallback();
    await route.fetch(); // the server has done it, and its answer is lost
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'New concert' }).click();
  await page.getByLabel('Title').fill('Only <i>once</i>');
  await page.getByLabel('Artist').fill('Owls');
  await page.getByRole('button', { name: 'Create concert' }).click();
  await page.getByRole('heading', { level: 1, name: 'Only <i>once</i>' }).waitFor();
  expect((await titles()).filter((title) => title === 'Only <i>once</i>')).toHaveLength(1);
});

test('a concert is found, published and deleted by its name', async () => {
  const body = { title: '한밤의 재즈', artist: 'Owls', visibility: 'DRAFT' };
  await site().admin.send('POST', '/v1/admin/concerts', { body });
  const page = await pages.openConsole(site());
  await page.getByLabel('Search').fill('재즈');
  await page.getByRole('link', { name: '한밤의 재즈' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByLabel('Name').fill('한밤의 재즈');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { level: 1, name: 'Concerts' }).waitFor();
  expect(await titles()).not.toContain('한밤의 재즈');
});

test('an edit shows what somebody else has changed meanwhile', async () => {
  const { body } = await site().admin.send<{ id: string }>('POST', '/v1/admin/concerts', {
    body: { title: 'Before', artist: 'Owls' },
  });
  const page = await pages.openConsole(site(), { path: `/console/concerts/${body.id}` });
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('Mine');
  await site().admin.send('PATCH', `/v1/admin/concerts/${body.id}`, {
    headers: { 'If-Match': '*' },
    body: { title: 'Theirs' },
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('title: “Before” is now “Theirs”').waitFor();
  await page.getByRole('button', { name: 'Continue with my text' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
});

test('an edit whose answer was lost is not taken for that of somebody else', async () => {
  const { body } = await site().admin.send<{ id: string }>('POST', '/v1/admin/concerts', {
    body: { title: 'Before', artist: 'Owls' },
  });
  const page = await pages.openConsole(site(), { path: `/console/concerts/${body.id}` });
  let lost = 1;
  await page.route(`**/v1/admin/concerts/${body.id}`, async (route) => {
    if (route.request().method() !== 'PATCH' || lost-- <= 0) return route.fallback();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('After');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'After' }).waitFor();
});

test('sale codes are shown once and revoked by their label', async () => {
  const { concertId } = await site().openSale();
  const page = await pages.openConsole(site(), { path: `/console/concerts/${concertId}/sale-codes` });
  await page.getByRole('button', { name: 'New codes' }).click();
  await page.getByLabel('How many codes').fill('2');
  await page.getByLabel('Label').fill('=Press');
  await page.getByRole('button', { name: 'Create codes' }).click();
  await expectAccessible(page);
  const codes = (await page.getByLabel('Codes', { exact: true }).inputValue()).split('\n');
  expect(codes).toHaveLength(2);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('sale-codes.csv');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke =Press' }).first().click();
  await page.getByLabel('Reason').fill('It was published');
  await page.getByLabel('Name').fill('=Press');
  await page.getByRole('button', { name: 'Revoke for good' }).click();
  await page.getByText('Revoked', { exact: true }).waitFor();
  expect(await page.getByText(codes[0] ?? '').count()).toBe(0);
});

test('one of a thousand concerts is found', async () => {
  for (let from = 0; from < 1_000; from += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        site().admin.send('POST', '/v1/admin/concerts', {
          body: { title: `Concert ${from + index}`, artist: 'Many', visibility: 'DRAFT' },
        }),
      ),
    );
  const page = await pages.openConsole(site());
  await page.getByLabel('Search').fill('concert 777');
  await page.getByRole('link', { name: 'Concert 777' }).waitFor();
  await page.getByText('1 concert', { exact: true }).waitFor();
  await page.getByLabel('Search').fill('many');
  await expect.poll(() => page.getByRole('row').count()).toBe(51);
});
