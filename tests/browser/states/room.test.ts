import type { Page } from 'playwright-core';
import { type PolicyPatch, expectOk } from '../../support/operator.ts';
import { type Stage, type State } from './stage.ts';
import { walkStates } from './walk-states.ts';

type Room = { readonly page: Page; readonly concertId: string; readonly eventId: string };

type RoomFacts = {
  readonly ahead?: number;
  readonly locale?: 'en' | 'ko';
  readonly facts?: { readonly opensInMs?: number };
};

const HOUR_MS = 60 * 60 * 1000;

/** Mina joins the waiting room on her page, in which `ahead` fans wait before her and one chooses seats. */
async function joinRoom(
  stage: Stage,
  { ahead = 41, locale = 'en', facts = {} }: RoomFacts = {},
): Promise<Room> {
  const policy: PolicyPatch = { admission: { maxActive: 1 } };
  const sale = await stage.openSale(policy, facts);
  for (let index = 0; index <= ahead; index++)
    expectOk(await stage.site.fan(`fan-${index}`).join(sale.concertId));
  const page = await stage.openFan({ path: `/concerts/${sale.concertId}/room`, locale });
  await page.getByRole('button', { name: locale === 'ko' ? '대기열 입장하기' : 'Join' }).click();
  return { page, ...sale };
}

async function shows(page: Page, title: string): Promise<Page> {
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  return page;
}

const states: readonly State[] = [
  {
    name: 'room-no-place',
    async reach(stage) {
      const { concertId } = await stage.openSale();
      const page = await stage.openFan({ path: `/concerts/${concertId}/room` });
      return shows(page, 'You have no place in this line yet');
    },
  },
  {
    name: 'room-waiting',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const { page } = await joinRoom(stage);
      return shows(page, 'You are in line');
    },
  },
  {
    name: 'room-not-open',
    async reach(stage) {
      const { page } = await joinRoom(stage, { ahead: 0, facts: { opensInMs: 2 * HOUR_MS } });
      return shows(page, 'The sale has not opened yet');
    },
  },
  {
    name: 'room-paused',
    async reach(stage) {
      const { page, concertId } = await joinRoom(stage, { locale: 'ko' });
      const reason = '좌석 배치를 확인하고 있습니다. 곧 다시 시작합니다.';
      await stage.site.changePolicy(concertId, { admission: { state: 'PAUSED', reason } });
      await page.getByText(reason).waitFor();
      return page;
    },
  },
  {
    name: 'room-stopped',
    async reach(stage) {
      const { page, eventId } = await joinRoom(stage);
      await stage.site.stopSales(eventId, 'The ticket office is closed until noon.');
      await page.getByText('Sales stopped', { exact: true }).waitFor();
      return shows(page, 'Sales are stopped for now');
    },
  },
  {
    name: 'room-your-turn',
    async reach(stage) {
      const { concertId } = await stage.openSale();
      await stage.createDate(concertId, { startsInDays: 31 });
      const page = await stage.openFan({ path: `/concerts/${concertId}/room` });
      await page.getByRole('button', { name: 'Join' }).click();
      await page.getByRole('heading', { name: 'Choose a date' }).waitFor();
      return page;
    },
  },
  {
    name: 'room-leaving',
    async reach(stage) {
      const { page } = await joinRoom(stage);
      await page.getByRole('button', { name: 'Leave the line' }).click();
      await page.getByRole('dialog').waitFor();
      return page;
    },
  },
  {
    name: 'room-left',
    async reach(stage) {
      const { page } = await joinRoom(stage);
      await page.getByRole('button', { name: 'Leave the line' }).click();
      await page.getByRole('button', { name: 'Yes, leave the line' }).click();
      return shows(page, 'You have left the line');
    },
  },
];

walkStates(states);
