import { expect, it } from 'vitest';
import { buySeat, createFans } from '../support/crowd.ts';
import { dateOnSaleBody } from '../support/concert-on-sale-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import type { Fan } from '../support/fan.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 2 });
const ROUNDS = 20;
const rounds = Array.from({ length: ROUNDS }, (_, index) => index);

async function addDate(concertId: string): Promise<void> {
  const body = { ...dateOnSaleBody(), seatCount: 1 };
  expectOk(await installation().admin.send('POST', `/v1/admin/concerts/${concertId}/events`, { body }));
}

const statusOf = async (fan: Fan) => expectOk(await fan.status()).status;

it('gives the slot that the last payment frees to nobody, and keeps the order', async () => {
  await Promise.all(
    rounds.map(async () => {
      const admission = { maxActive: 1, intervalMs: 300, sessionTtlMs: 60_000 };
      const { concertId, eventId } = await installation().openSale({ seatCount: 1, policy: { admission } });
      const [payer, second, third] = createFans(installation(), 3) as [Fan, Fan, Fan];
      for (const fan of [payer, second, third]) expectOk(await fan.join(concertId));
      expect(await statusOf(payer)).toBe('ACTIVE');
      await buySeat(payer, eventId);

      await eventually(async () => expect((await installation().room(concertId)).room).toBe('SOLD_OUT'));
      const { lastTickAt } = await installation().room(concertId);
      await eventually(async () => {
        const room = await installation().room(concertId);
        expect(Date.parse(room.lastTickAt!) - Date.parse(lastTickAt!)).toBeGreaterThan(1_000);
        expect(room.admittedTotal).toBe(1);
      });
      expect(expectOk(await second.status())).toMatchObject({
        status: 'WAITING',
        position: 1,
        room: 'SOLD_OUT',
      });

      await addDate(concertId);
      await eventually(async () => expect(await statusOf(second)).toBe('ACTIVE'));
      expect(await statusOf(third)).toBe('WAITING');
    }),
  );
});

it('takes no place from a fan whose session ends in the sold-out room', async () => {
  await Promise.all(
    rounds.map(async () => {
      const admission = { maxActive: 2, intervalMs: 300, sessionTtlMs: 8_000 };
      const { concertId, eventId } = await installation().openSale({ seatCount: 1, policy: { admission } });
      const [payer, second, third] = createFans(installation(), 3) as [Fan, Fan, Fan];
      for (const fan of [payer, second, third]) expectOk(await fan.join(concertId));
      expect(await statusOf(second)).toBe('ACTIVE');
      await buySeat(payer, eventId);

      await eventually(async () =>
        expect(expectOk(await second.status())).toMatchObject({
          status: 'WAITING',
          parked: true,
          room: 'SOLD_OUT',
        }),
      );
      expect(await statusOf(third)).toBe('WAITING');
      await installation().changePolicy(concertId, { admission: { maxActive: 1, sessionTtlMs: 60_000 } });
      await addDate(concertId);
      await eventually(async () => expect(await statusOf(second)).toBe('ACTIVE'));
      expect(await statusOf(third)).toBe('WAITING');
    }),
  );
});

it('admits nobody who joins after the payment of the last seat', async () => {
  for (const _ of rounds) {
    const { concertId, eventId } = await installation().openSale({ seatCount: 2 });
    const [payer, other] = createFans(installation(), 2) as [Fan, Fan];
    for (const fan of [payer, other]) expect(expectOk(await fan.join(concertId)).status).toBe('ACTIVE');
    for (const [index, fan] of [payer, other].entries()) await buySeat(fan, eventId, index + 1);
    const late = createFans(installation(), 5);
    const joined = await Promise.all(late.map(async (fan) => expectOk(await fan.join(concertId)).status));
    expect(joined).toEqual(late.map(() => 'WAITING'));
  }
});
