import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import { expectOk } from '../../support/operator.ts';
import { paySeats } from './booked-seats.ts';
import type { Stage, State } from './stage.ts';
import { walkStates } from './walk-states.ts';

/** Opens a path of the console, and waits for a heading that only its complete page has. */
async function open(stage: Stage, path: string, heading: RegExp) {
  const page = await stage.openConsole(path);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  return page;
}

const DESKTOP = ['desktop'] as const;

const states: readonly State[] = [
  {
    name: 'console-concerts',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      await stage.openSale();
      await stage.createConcert({ title: 'First Snow', artist: 'Quiet Machines' });
      const page = await open(stage, '/console', /^Concerts$/);
      await page.getByRole('link', { name: 'First Snow' }).waitFor();
      return page;
    },
  },
  {
    name: 'console-room',
    viewports: ['phone', 'desktop'],
    mask: (page) => [page.locator('.chart-frame'), page.locator('.facts dd')],
    async reach(stage) {
      const { concertId } = await stage.openSale({ admission: { maxActive: 1, intervalMs: 60_000 } });
      for (const name of ['ara', 'bora', 'chan']) expectOk(await stage.site.fan(name).join(concertId));
      const page = await open(stage, `/console/concerts/${concertId}`, /^Fans$/);
      await page.getByText('in the line').waitFor();
      return page;
    },
  },
  {
    name: 'console-policy',
    viewports: DESKTOP,
    async reach(stage) {
      const { concertId } = await stage.openSale();
      const page = await open(stage, `/console/concerts/${concertId}/policy`, /^The Long Way Home$/);
      await page.getByRole('textbox').first().waitFor();
      return page;
    },
  },
  {
    name: 'console-date',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const { eventId } = await paySeats(stage);
      const page = await open(stage, `/console/events/${eventId}`, /^Haneul Hall/);
      await page.getByText('Revenue').first().waitFor();
      return page;
    },
  },
  {
    name: 'console-seats',
    viewports: DESKTOP,
    async reach(stage) {
      const { eventId } = await stage.openSale(undefined, { layout: createDemoHall() });
      const page = await open(stage, `/console/events/${eventId}/seats`, /^Haneul Hall/);
      await page.getByRole('gridcell').first().waitFor();
      return page;
    },
  },
  {
    name: 'console-orders',
    viewports: DESKTOP,
    async reach(stage) {
      const { eventId } = await paySeats(stage);
      const page = await open(stage, `/console/events/${eventId}/orders`, /^Haneul Hall/);
      await page.getByText('mina').first().waitFor();
      return page;
    },
  },
  {
    name: 'console-order',
    viewports: DESKTOP,
    async reach(stage) {
      const { reservationId } = await paySeats(stage);
      const page = await stage.openConsole(`/console/reservations/${reservationId}`);
      await page.getByRole('button', { name: /^Refund/ }).waitFor();
      return page;
    },
  },
  {
    name: 'console-report',
    viewports: DESKTOP,
    async reach(stage) {
      const { eventId } = await paySeats(stage);
      return open(stage, `/console/events/${eventId}/report`, /^By hour/);
    },
  },
  {
    name: 'console-webhooks',
    viewports: DESKTOP,
    reach: (stage) => open(stage, '/console/webhooks', /^Webhooks$/),
  },
  {
    name: 'console-audit',
    viewports: DESKTOP,
    async reach(stage) {
      await stage.openSale();
      const page = await open(stage, '/console/audit', /^Audit log$/);
      await page.getByRole('table').waitFor();
      return page;
    },
  },
];

walkStates(states);
