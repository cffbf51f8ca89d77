import { describe, expect, it } from 'vitest';
import { appWithoutEnds, granted, refused, useStage } from '../world/stage.ts';
import { worlds } from '../world/worlds.ts';

describe.each(worlds)('listSeats ($name)', ({ open }) => {
  const stage = useStage(open);

  it('shows every seat as it stands now', async () => {
    const sale = await stage().openSale({ event: { seatCount: 4 }, hold: { ttlMs: 400 } });
    const paid = await stage().held(sale, [1]);
    await stage().charge(paid.fan.userId, 1_000);
    granted(await stage().pay(paid.fan.userId, paid.reservation.id));
    await stage().held(sale, [2]);
    const { ticket } = await stage().join(sale);
    await stage().advance(450);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: {}, hold: { ttlMs: 60_000 } });
    await stage().held(sale, [3]);
    const { seats, eventId } = granted(await stage().app.listSeats({ eventId: sale.event.id, ticket }));
    expect(eventId).toBe(sale.event.id);
    expect(seats.map(({ status }) => status)).toEqual(['SOLD', 'AVAILABLE', 'HELD', 'AVAILABLE']);
  });

  it('refuses an unknown event, before it looks at the ticket', async () => {
    const { ticket } = await stage().join(await stage().openSale({ admission: { state: 'PAUSED' } }));
    const answer = await stage().app.listSeats({ eventId: stage().ports.ids.next(), ticket });
    expect(answer).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });

  it('refuses the ticket of another concert, before it looks at its state', async () => {
    const [sale, other] = [
      await stage().openSale(),
      await stage().openSale({ admission: { state: 'PAUSED' } }),
    ];
    const { ticket } = await stage().join(other);
    const answer = await stage().app.listSeats({ eventId: sale.event.id, ticket });
    expect(answer).toEqual(refused('QUEUE_TOKEN_INVALID'));
  });

  it('refuses a fan who waits, who has left, and who has paid though the room has not heard of it', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1 } });
    const { fan, reservation } = await stage().held(sale, [1]);
    const waiting = await stage().join(sale);
    const list = ({ ticket }: typeof fan) => stage().app.listSeats({ eventId: sale.event.id, ticket });
    expect(await list(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }));
    await stage().app.leaveQueue(waiting.ticket);
    expect(await list(waiting)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }));
    await stage().charge(fan.userId, 1_000);
    const request = stage().newRequest(fan.userId);
    const command = { userId: fan.userId, reservationId: reservation.id, request };
    granted(await appWithoutEnds(stage()).payReservation(command));
    expect(await list(fan)).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }));
  });

  it('claims an admitted slot', async () => {
    const sale = await stage().openSale({ admission: { state: 'PAUSED', sessionTtlMs: 60_000 } });
    const { ticket } = await stage().join(sale);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: { state: 'RUNNING' }, hold: {} });
    await stage().app.admitWaiting();
    granted(await stage().app.listSeats({ eventId: sale.event.id, ticket }));
    const { token } = await stage().ports.waitingRoom.look(ticket);
    expect(token).toMatchObject({ status: 'ACTIVE' });
    expect(await stage().app.expireSessions()).toBe(0);
  });
});
