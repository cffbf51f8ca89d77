import { describe, expect, it } from 'vitest';
import { drawHall } from '@frontrow/tests/support/halls.ts';
import { ADMIN, type OnSale, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { type TestServer, createTestServer } from '../../support/test-server.ts';

const HALL = { price: undefined, layout: drawHall({ Stalls: ['..ac', '....'], Balcony: ['rrr'] }) };

async function choose(server: TestServer, { concertId, eventId }: OnSale, as: string, choice: object) {
  const ticket = await join(server, concertId, as);
  const body = { eventId, ...choice };
  return server.call('POST /v1/reservations', { as, ticket, key: newKey(), body });
}

async function changeHolds(server: TestServer, { concertId }: OnSale, policy: object): Promise<void> {
  const body = { hold: policy };
  const changed = await server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, { ...ADMIN, body });
  expect(changed.body.hold).toMatchObject(policy);
}

describe('POST /v1/reservations', () => {
  it('holds the best available seats that meet the request', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server, HALL);
    const held = await choose(server, sale, 'fan', {
      bestAvailable: { count: 2, category: 'rear', section: 'Balcony', maxPrice: 500, together: 'near' },
    });
    expect(held).toMatchObject({ status: 201, body: { seatNumbers: [10, 11], totalAmount: 1_000 } });
  });

  it('says what is left where no seats meet the request', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server, HALL);
    const refusal = await choose(server, sale, 'fan', { bestAvailable: { count: 4, section: 'Balcony' } });
    expect(refusal).toMatchObject({
      status: 409,
      body: { code: 'NO_MATCHING_SEATS', togetherMax: 3, availableCount: 9 },
    });
    const unknown = await choose(server, sale, 'other', { bestAvailable: { count: 1, category: 'Rear' } });
    expect(unknown).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/bestAvailable/category' }] },
    });
  });

  it('refuses seats that leave an orphan where the policy does', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server, HALL);
    await changeHolds(server, sale, { orphans: 'refuse' });
    expect(await choose(server, sale, 'fan', { seatNumbers: [6] })).toMatchObject({
      status: 409,
      body: { code: 'ORPHAN_SEATS', orphanSeats: [5], alternativeSeats: [5] },
    });
  });

  it('holds accessible seats for those who ask, and their companion seats', async () => {
    const server = createTestServer();
    const accessibleReleaseAt = '2026-12-23T09:00:00.000Z';
    const sale = await putOnSale(server, { ...HALL, accessibleReleaseAt });
    const event = await server.call(`GET /v1/events/${sale.eventId}`);
    expect(event.body.accessibleReleaseAt).toBe(accessibleReleaseAt);
    expect(await choose(server, sale, 'fan', { seatNumbers: [3, 4] })).toMatchObject({
      status: 409,
      body: { code: 'ACCESSIBLE_SEATS_ONLY', accessibleSeats: [3, 4], accessibleReleaseAt },
    });
    expect(await choose(server, sale, 'fan', { seatNumbers: [4], accessible: true })).toMatchObject({
      status: 409,
      body: { code: 'COMPANION_SEATS_EXCEEDED', companionSeats: [4], companionSeatsMax: 1 },
    });
    const held = await choose(server, sale, 'fan', { seatNumbers: [3, 4], accessible: true });
    expect(held.status).toBe(201);
    expect(JSON.stringify(held.body)).not.toContain('accessible');
  });

  it('releases accessible seats at the time that staff set', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server, HALL);
    const edit = (accessibleReleaseAt: string | null) =>
      server.call(`PATCH /v1/admin/events/${sale.eventId}`, {
        ...ADMIN,
        headers: { 'if-match': '*' },
        body: { accessibleReleaseAt },
      });
    const accessibleReleaseAt = new Date(server.clock.now()).toISOString();
    expect(await edit(accessibleReleaseAt)).toMatchObject({ status: 200, body: { accessibleReleaseAt } });
    await hold(server, sale, 'fan', [3]);
    expect((await edit(null)).body.accessibleReleaseAt).toBeNull();
    expect(await choose(server, sale, 'other', { seatNumbers: [4] })).toMatchObject({
      body: { code: 'ACCESSIBLE_SEATS_ONLY', accessibleReleaseAt: null },
    });
  });
});
