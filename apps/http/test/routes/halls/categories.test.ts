import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { expect, it } from 'vitest';
import { accessTokenOf } from '../../support/access-token.ts';
import { ADMIN, chargeWallet, hold, newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const [FRONT, REAR] = CONTRACT_LAYOUT.categories;

async function sellRear() {
  const server = createTestServer();
  const sale = await putOnSale(server, { price: undefined, layout: CONTRACT_LAYOUT });
  await chargeWallet(server, 'fan', 50_000);
  const held = await hold(server, sale, 'fan', [4]);
  const payment = { as: 'fan', key: newKey(), body: { reservationId: held.id } } as const;
  await server.call('POST /v1/payments', payment);
  return { server, sale };
}

it('shows anyone how many seats of each category are available', async () => {
  const { server, sale } = await sellRear();
  const { body } = await server.call(`GET /v1/events/${sale.eventId}`);
  expect(body).toMatchObject({
    availableCount: 2,
    categories: [
      { ...FRONT, availableCount: 2 },
      { ...REAR, availableCount: 0 },
    ],
  });
  const uniform = await putOnSale(server);
  expect((await server.call(`GET /v1/events/${uniform.eventId}`)).body.categories).toBeNull();
});

it('shows staff the seats and the revenue of each category, and the places in the CSV of the orders', async () => {
  const { server, sale } = await sellRear();
  const path = `/v1/admin/events/${sale.eventId}` as const;
  const report = await server.call(`GET ${path}/report`, ADMIN);
  const nothing = { sold: 0, complimentary: 0, held: 0, available: 0, blocked: 0, refunded: 0, revenue: 0 };
  expect(report.body).toMatchObject({
    blocked: 1,
    byCategory: [
      { ...nothing, key: 'front', name: FRONT!.name, price: 90_000, available: 2, blocked: 1 },
      { ...nothing, key: 'rear', name: 'Rear', price: 50_000, sold: 1, revenue: 50_000 },
    ],
  });
  const authorization = `Bearer ${await accessTokenOf('staff', { scope: 'sales:read' })}`;
  const headers = { authorization, accept: 'text/csv' };
  const csv = await server.app.inject({ url: `${path}/reservations`, headers });
  expect(csv.body).toContain(',false,Balcony/A/1,Rear\r\n');
});
