import type { AuditEntry } from '@frontrow/application/ports/shared/audit-log.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { appWithFailingRoomEnd, useSaleFixture } from '../support/sale-fixture.ts';

const PAGE = { limit: 100, cursor: null };

describe.each(environments)('the audit log ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const newStaff = () => ({ actor: fixture().newUser(), route: 'POST /v1/admin/tests', requestId: 'r-1' });
  async function actsOf(actor: string): Promise<readonly AuditEntry[]> {
    const filter = { actor, target: null, from: null, until: null };
    return (await fixture().app.listAuditLog(filter, PAGE)).items;
  }

  it('records what creates a concert and a date', async () => {
    const by = newStaff();
    const facts = { title: 'A', artist: 'B', description: '', request: null, by };
    const { value: concert } = unwrap(await fixture().app.createConcert(facts));
    const { event: like } = await fixture().openSale();
    const command = { ...like, concertId: concert.id, request: null, by };
    const { value: event } = unwrap(await fixture().app.createEvent(command));
    expect(await actsOf(by.actor)).toMatchObject([
      { ...by, target: `event/${event.id}`, before: null, after: event, reason: null },
      { ...by, target: `concert/${concert.id}`, before: null, after: concert, reason: null },
    ]);
  });

  it('records a change of a policy, before and after', async () => {
    const by = newStaff();
    const { concertId } = await fixture().openSale();
    const before = unwrap(await fixture().app.getPolicy(concertId));
    unwrap(await fixture().app.changePolicy({ concertId, admission: {}, hold: { ttlMs: 1_234 }, by }));
    const after = { ...before, hold: { ...HOLD_POLICY_DEFAULT, ttlMs: 1_234 } };
    expect(await actsOf(by.actor)).toMatchObject([{ target: `concert/${concertId}`, before, after }]);
  });

  it('records a stop of sales, of a date and of a concert', async () => {
    const by = newStaff();
    const { concertId, event } = await fixture().openSale();
    const sales = { state: 'STOPPED', reason: 'A wrong price' } as const;
    unwrap(await fixture().app.changeEventSales({ eventId: event.id, sales, by }));
    unwrap(await fixture().app.changeConcertSales({ concertId, sales, by }));
    const { sales: before } = event;
    expect(await actsOf(by.actor)).toMatchObject([
      { target: `concert/${concertId}`, before: { sales: before }, after: { sales } },
      { target: `event/${event.id}`, before: event, after: { ...event, sales, version: 2 } },
    ]);
  });

  it("records the end of a user's place with the end itself, also while Redis is away", async () => {
    const by = newStaff();
    const sale = await fixture().openSale();
    const { userId, ticket } = await fixture().join(sale);
    const { concertId } = sale;
    unwrap(await appWithFailingRoomEnd(fixture()).removeFromQueue({ concertId, userId, by }));
    const { sequence } = ticket;
    const place = { concertId, userId, sequence };
    expect(await fixture().ports.queueEndReads.find(place)).toBe('EXPIRED');
    expect(await actsOf(by.actor)).toMatchObject([
      { target: `place/${concertId}/${userId}`, before: place, after: { ...place, reason: 'EXPIRED' } },
    ]);
  });

  it('records nothing of a refused or failed act', async () => {
    const by = newStaff();
    const { event } = await fixture().openSale();
    const unknown = { ...event, concertId: fixture().ports.ids.next(), request: null, by };
    expect((await fixture().app.createEvent(unknown)).ok).toBe(false);
    const wrong = { ...event, reservationEndAt: event.reservationStartAt, request: null, by };
    expect((await fixture().app.createEvent(wrong)).ok).toBe(false);
    expect(await actsOf(by.actor)).toEqual([]);
  });

  it('records a repeated request once', async () => {
    const by = newStaff();
    const request = fixture().newRequest(by.actor);
    const facts = { title: 'A', artist: 'B', description: '', request, by };
    await Promise.all([1, 2, 3].map(() => fixture().app.createConcert(facts)));
    expect(await actsOf(by.actor)).toHaveLength(1);
  });
});
