import { expect, it } from 'vitest';
import { admitFan, admitFans } from '../support/crowd.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2 });
const READERS = 8;
const CHANGES = 20;
/** So many that a read takes a while: whoever shared one that runs already would see an old one nearly always. */
const SEATS = 10_000;

it('shows every hold and every release that was answered before the list was asked for, in a crowd', async () => {
  const sale = await installation().openSale({ seatCount: SEATS });
  const crowd = startCrowd(await admitFans(installation(), sale, READERS), sale);
  const buyer = await admitFan(installation(), sale);
  const stale: string[] = [];
  const see = async (expected: readonly number[]) => {
    for (const process of [0, 1]) {
      const { seats, availableCount } = expectOk(await buyer.at(process).seats(sale.eventId, '?status=HELD'));
      const held = seats.map(({ number }) => number);
      if (String(held) !== String(expected) || availableCount !== SEATS - expected.length)
        stale.push(`process ${process} shows ${String(held)} instead of ${String(expected)}`);
    }
  };
  for (let seat = 1; seat <= CHANGES; seat += 1) {
    const held = expectOk(await buyer.hold(sale.eventId, [seat]));
    await see([seat]);
    expect((await buyer.cancel(held.id)).status).toBe(204);
    await see([]);
  }
  const lists = await crowd.stop();
  expect(stale).toEqual([]);
  expect(lists).toBeGreaterThan(CHANGES);
});

/** Fans who ask for the seats all the time, so that a read always runs. */
function startCrowd(fans: readonly Fan[], { eventId }: Sale) {
  const over = new AbortController();
  let lists = 0;
  const reading = fans.map(async (fan) => {
    while (!over.signal.aborted) {
      expectOk(await fan.seats(eventId, '?status=HELD'));
      lists += 1;
    }
  });
  return {
    async stop() {
      over.abort();
      await Promise.all(reading);
      return lists;
    },
  };
}
