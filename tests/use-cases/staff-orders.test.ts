import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const reason = 'Held by a bot';

describe.each(environments)('cancelByStaff and refundByStaff ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const cancel = (reservationId: string) =>
    fixture().app.cancelByStaff({ reservationId, reason, by: BY_STAFF });
  const refund = (reservationId: string, request = fixture().newRequest('staff')) =>
    fixture().app.refundByStaff({ reservationId, seatNumbers: null, reason, request, by: BY_STAFF });
  async function actsOn(reservationId: string) {
    const filter = { actor: null, target: `reservation/${reservationId}`, from: null, until: null };
    return (await fixture().app.listAuditLog(filter, { limit: 100, cursor: null })).items;
  }
  async function createPaid() {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1, 2]);
    await fixture().charge(fan.userId, 2_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    return { sale, userId: fan.userId, id: reservation.id };
  }

  it('ends the hold of a user once, with a reason in the history and in the audit log', async () => {
    const sale = await fixture().openSale();
    const { reservation } = await fixture().createHold(sale, [1]);
    unwrap(await cancel(reservation.id));
    unwrap(await cancel(reservation.id));
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
    const { history } = unwrap(await fixture().app.getOrder(reservation.id));
    expect(history.slice(1)).toMatchObject([{ kind: 'CANCELLED', actor: BY_STAFF.actor, reason }]);
    expect(await actsOn(reservation.id)).toMatchObject([
      { ...BY_STAFF, reason, before: { status: 'HELD' }, after: { status: 'CANCELLED' } },
    ]);
  });

  it('cancels no paid and no unknown reservation', async () => {
    const { id } = await createPaid();
    expect(await cancel(id)).toEqual(refused('RESERVATION_NOT_HELD', { status: 'CONFIRMED' }));
    const unknown = refused('NOT_FOUND', { what: 'reservation' });
    expect(await cancel(fixture().ports.ids.next())).toEqual(unknown);
    expect(await refund(fixture().ports.ids.next())).toEqual(unknown);
    expect(await actsOn(id)).toEqual([]);
  });

  it('pays a refund to the user once, however often and by how many staff it is sent', async () => {
    const { sale, userId, id } = await createPaid();
    const request = fixture().newRequest('staff');
    const answers = await Promise.all([refund(id, request), refund(id, request), refund(id), refund(id)]);
    const refunds = answers.flatMap((answer) => (answer.ok ? [answer.value.value.id] : []));
    expect(new Set(refunds).size).toBe(1);
    expect((await fixture().app.getWallet(userId)).balance).toBe(2_000);
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
    expect(await actsOn(id)).toMatchObject([
      { reason, before: { status: 'CONFIRMED' }, after: { amount: 2_000, actor: BY_STAFF.actor, reason } },
    ]);
  });
});
