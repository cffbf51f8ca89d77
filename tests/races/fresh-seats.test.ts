import { expect, it } from 'vitest';
import { admitFan, admitFans } from '../support/crowd.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2 });
const READERS = 8;
const CHANGES = 20;
/** Enough for a read to take so long that a request that joined a running read would nearly always see stale seats. */
const SEATS = 10_000;

it('shows a crowd every hold and release that was answered before the request for the list', async () => {
  const sale = await installation().openSale({
    seatCount: SEATS,
    policy: { hold: { unpaidHoldsMax: null } },
  });
  const readers = startReading(await admitFans(installation(), sale, READERS), sale);
  const buyer = await admitFan(installation(), sale);
  const stale: string[] = [];
  const checkHeld = async (expected: readonly number[]) => {
    for (const process of [0, 1]) {
      const { seats, availableCount } = expectOk(await buyer.at(process).seats(sale.eventId, '?status=HELD'));
      const held = seats.map(({ number }) => number);
      if (String(held) !== String(expected) || availableCount !== SEATS - expected.length)
        stale.push(`process ${process} shows ${String(held)} instead of ${String(expected)}`);
      const { states } = expectOk(await buyer.at(process).seatStates(sale.eventId));
      if (String(heldIn(states)) !== String(expected))
        stale.push(`process ${process} shows ${states.length} states with ${String(heldIn(states))} held`);
    }
  };
  for (let seat = 1; seat <= CHANGES; seat += 1) {
    const held = expectOk(await buyer.hold(sale.eventId, [seat]));
    await checkHeld([seat]);
    expect((await buyer.cancel(held.id)).status).toBe(204);
    await checkHeld([]);
  }
  const lists = await readers.stop();
  expect(stale).toEqual([]);
  expect(lists).toBeGreaterThan(CHANGES);
});

function heldIn(states: string): readonly number[] {
  return [...states.matchAll(/H/g)].map(({ index }) => index + 1);
}

/** Lets fans request the seats without a pause, so that a read always runs. */
function startReading(fans: readonly Fan[], { eventId }: Sale) {
  const abort = new AbortController();
  let lists = 0;
  const reading = fans.map(async (fan) => {
    while (!abort.signal.aborted) {
      expectOk(await fan.seats(eventId, '?status=HELD'));
      expectOk(await fan.seatStates(eventId));
      lists += 1;
    }
  });
  return {
    async stop() {
      abort.abort();
      await Promise.all(reading);
      return lists;
    },
  };
}
