import { holdSeats, paySeats } from './booked-seats.ts';
import type { State } from './stage.ts';
import { walkStates } from './walk-states.ts';

const states: readonly State[] = [
  {
    name: 'tickets',
    async reach(stage) {
      await paySeats(stage);
      await holdSeats(stage, [41]);
      const page = await stage.openFan({ path: '/tickets' });
      await page.getByRole('link', { name: 'Pay now' }).waitFor();
      return page;
    },
  },
  {
    name: 'tickets-none',
    async reach(stage) {
      const page = await stage.openFan({ path: '/tickets' });
      await page.getByRole('link', { name: 'See the concerts' }).waitFor();
      return page;
    },
  },
  {
    name: 'tickets-signed-out',
    async reach(stage) {
      const page = await stage.openFan({ path: '/tickets', user: null });
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
  {
    name: 'wallet',
    async reach(stage) {
      await paySeats(stage);
      const page = await stage.openFan({ path: '/wallet' });
      await page.getByText('+₩300,000').waitFor();
      return page;
    },
  },
  {
    name: 'wallet-empty',
    async reach(stage) {
      const page = await stage.openFan({ path: '/wallet', locale: 'ko' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
];

walkStates(states);
