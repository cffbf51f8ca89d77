import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import type { Page } from 'playwright-core';
import { drawHall } from '../../support/halls.ts';
import { expectOk } from '../../support/operator.ts';
import { admitFan } from '../support/admitted-fan.ts';
import type { PageOptions } from '../support/use-pages.ts';
import type { Stage, State } from './stage.ts';
import { walkStates } from './walk-states.ts';

type Opened = { readonly page: Page; readonly concertId: string; readonly eventId: string };

/** The page of a date for mina, who was admitted; `query` names a section. */
async function openHall(
  stage: Stage,
  sale: Parameters<Stage['openSale']>,
  { query = '', ...options }: PageOptions & { readonly query?: string } = {},
): Promise<Opened> {
  const { concertId, eventId } = await stage.openSale(...sale);
  const mina = await admitFan(stage.site, 'mina', concertId);
  const page = await stage.openFan({ path: `/events/${eventId}${query}`, ...options, ...mina.options });
  await page
    .getByText('10:00', { exact: true })
    .or(page.getByText('9:59', { exact: true }))
    .waitFor();
  return { page, concertId, eventId };
}

const seat = (page: Page, name: string) => page.getByRole('gridcell', { name });

/** Others have taken seats in the middle of the first rows of the hall of the demo: four are held, and four sold. */
async function takeSeats({ site }: Stage, { concertId, eventId }: Omit<Opened, 'page'>): Promise<void> {
  const [holder, buyer] = [site.fan('holder'), site.fan('buyer')];
  expectOk(await holder.join(concertId));
  expectOk(await holder.hold(eventId, [223, 224, 243, 244]));
  expectOk(await buyer.join(concertId));
  const { id } = expectOk(await buyer.hold(eventId, [226, 227, 247, 248]));
  expectOk(await buyer.charge(800_000));
  expectOk(await buyer.pay(id));
}

const DEMO: Parameters<Stage['openSale']> = [undefined, { layout: createDemoHall() }];

const states: readonly State[] = [
  {
    name: 'hall-map',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const { page, ...sale } = await openHall(stage, DEMO);
      await takeSeats(stage, sale);
      await page.getByRole('button', { name: /348 seats left/ }).waitFor();
      return page;
    },
  },
  {
    name: 'hall-section',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const { page, ...sale } = await openHall(stage, DEMO, {
        query: '?section=Parterre%20Centre',
        locale: 'ko',
      });
      await takeSeats(stage, sale);
      await seat(page, 'C열 11번').dispatchEvent('click');
      await seat(page, 'C열 12번').dispatchEvent('click');
      await page.getByText('잔여 348석').first().waitFor();
      await page.getByText('₩330,000').waitFor();
      return page;
    },
  },
  {
    name: 'hall-accessible-question',
    async reach(stage) {
      const { page } = await openHall(stage, DEMO, { query: '?section=Parterre%20Left' });
      await seat(page, 'Row R, seat 1,').dispatchEvent('click');
      await page.getByRole('button', { name: 'Yes, one of us needs it' }).waitFor();
      return page;
    },
  },
  {
    name: 'hall-seat-lost',
    async reach(stage) {
      const { page, concertId, eventId } = await openHall(stage, [undefined, { seatCount: 60 }], {
        locale: 'ko',
      });
      for (const number of [7, 8])
        await page.getByRole('gridcell', { name: new RegExp(`^${number}번`) }).dispatchEvent('click');
      const other = stage.site.fan('other');
      expectOk(await other.join(concertId));
      expectOk(await other.hold(eventId, [7]));
      await page.getByText('다른 고객님이 먼저 선택한 좌석입니다: 7번').waitFor();
      return page;
    },
  },
  {
    name: 'hall-no-matching-seats',
    async reach(stage) {
      const { page } = await openHall(stage, [undefined, { layout: drawHall({ Parterre: ['...', '..'] }) }]);
      await page.getByRole('button', { name: 'One seat more' }).click({ clickCount: 2 });
      await page.getByRole('button', { name: 'Best 4 seats' }).click();
      await page.getByText('There are no such seats beside each other').waitFor();
      return page;
    },
  },
  {
    name: 'hall-many-numbers',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const { page } = await openHall(stage, [undefined, { seatCount: 10_000 }]);
      await page.getByRole('button', { name: /^9501–10000/ }).waitFor();
      return page;
    },
  },
  {
    name: 'hall-stopped',
    async reach(stage) {
      const { page, eventId } = await openHall(stage, [undefined, { seatCount: 60 }]);
      await stage.site.stopSales(eventId, 'The ticket office is closed until noon.');
      await page.getByText('The ticket office is closed until noon.').waitFor();
      return page;
    },
  },
  {
    name: 'hall-session-over',
    async reach(stage) {
      const { page, concertId } = await openHall(stage, [undefined, { seatCount: 60 }]);
      const path = `/v1/admin/concerts/${concertId}/waiting-room/users/mina`;
      expectOk(await stage.site.admin.send('DELETE', path));
      await page.getByText('Your time to choose has ended').waitFor();
      return page;
    },
  },
];

walkStates(states);
