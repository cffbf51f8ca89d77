import { slotOf } from '@frontrow/adapters/mysql/shards/slot-of.ts';
import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { expectOk } from '../support/operator.ts';
import type { Sale } from '../support/concert-on-sale-over-http.ts';
import { useInstallation } from '../support/use-installation.ts';
import { shardsTouchedBy } from './shards-touched.ts';

const installation = useInstallation({ http: 1 });

/** On the last shard: a search through all shards would begin with another one. */
async function openSaleOnLastShard(): Promise<Sale> {
  for (;;) {
    const sale = await installation().openSale();
    if (slotOf(sale.concertId) >= 0x80) return sale;
  }
}

it('the first request of a process touches one shard: a charge, seat list, hold, extension, cancellation', async () => {
  const sale = await openSaleOnLastShard();
  const [fan] = await admitFans(installation(), sale, 1);
  let held = '';
  const steps = {
    charge: async () => expectOk(await fan!.at(1).charge(1_000)),
    'seat list': async () => expectOk(await fan!.at(2).seats(sale.eventId)),
    hold: async () => (held = expectOk(await fan!.at(3).hold(sale.eventId, [1])).id),
    extension: async () => expectOk(await fan!.at(4).extend(held)),
    cancellation: async () => expectOk(await fan!.at(5).cancel(held)),
  };
  await Promise.all(Object.keys(steps).map(() => installation().startHttp()));
  const touched: Record<string, readonly string[]> = {};
  for (const [step, run] of Object.entries(steps)) touched[step] = await shardsTouchedBy(run);
  const [account] = touched['charge']!;
  const [concert] = touched['hold']!;
  expect(account).toContain('accounts/');
  expect(concert).toContain('sales/');
  expect(touched).toEqual({
    charge: [account],
    'seat list': [concert],
    hold: [concert],
    extension: [concert],
    cancellation: [concert],
  });
});
