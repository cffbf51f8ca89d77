import { type SeatClaim } from '@frontrow/application/ports/booking/seats.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { createGate } from '../support/mysql-test-ports.ts';
import { HOUR_MS, createConcert, saleTimes } from '../support/concert-on-sale.ts';
import { drawHall } from '../support/halls.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

describe('a row that another transaction has locked', () => {
  const fixture = useSaleFixture(openRealEnvironment);

  /** Keeps what `lock` locks while `work` runs. */
  async function whileLocked<T>(
    lock: (unit: UnitOfWork) => Promise<unknown>,
    work: () => Promise<T>,
  ): Promise<T> {
    const [locked, release] = [createGate(), createGate()];
    const blocking = fixture().ports.transact(async (unit) => {
      await lock(unit);
      locked.open();
      await release.opened;
      return ok(undefined);
    }, 'STAFF');
    await locked.opened;
    try {
      return await work();
    } finally {
      release.open();
      await blocking;
    }
  }
  const openCrowd = async (size: number) => {
    const sale = await fixture().openSale({ event: { seatCount: size, price: 0 } });
    return { sale, fans: await Promise.all(Array.from({ length: size }, () => fixture().join(sale))) };
  };

  it('delays the hold that wants it, and no other hold of the date', async () => {
    const { sale, fans } = await openCrowd(8);
    const claim: SeatClaim = { eventId: sale.event.id, seatNumbers: [1], reservationId: 'none' };
    const first = await whileLocked(
      ({ seats }) => seats.lock(claim),
      async () => {
        const [stuck, ...others] = fans.map((fan, index) => fixture().hold(fan, sale, [index + 1]));
        expect((await Promise.all(others)).map(({ ok: isOk }) => isOk)).toEqual(others.map(() => true));
        expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
        return { stuck: stuck! };
      },
    );
    expect((await first.stuck).ok).toBe(true);
  });

  it('delays the payment that needs it, and no other payment', async () => {
    const { sale, fans } = await openCrowd(8);
    const held = await Promise.all(
      fans.map(async (fan, index) => {
        await fixture().charge(fan.userId, 1);
        return unwrap(await fixture().hold(fan, sale, [index + 1])).value;
      }),
    );
    const [stuckHold] = held;
    const first = await whileLocked(
      ({ wallets }) => wallets.lock(stuckHold!.userId),
      async () => {
        const [stuck, ...others] = held.map(({ id, userId }) => fixture().pay(userId, id));
        expect((await Promise.all(others)).map(({ ok: isOk }) => isOk)).toEqual(others.map(() => true));
        expect(await fixture().reservationStatus(stuckHold!.id)).toBe('HELD');
        return { stuck: stuck! };
      },
    );
    expect((await first.stuck).ok).toBe(true);
  });

  it('delays the charge of its wallet, and no other charge', async () => {
    const users = Array.from({ length: 8 }, () => fixture().newUser());
    const [stuckUser = ''] = users;
    await fixture().charge(stuckUser, 1);
    const first = await whileLocked(
      ({ wallets }) => wallets.lock(stuckUser),
      async () => {
        const [stuck, ...others] = users.map((userId) => fixture().charge(userId, 1));
        await Promise.all(others);
        expect((await fixture().app.getWallet(stuckUser)).balance).toBe(1);
        return { stuck: stuck! };
      },
    );
    await first.stuck;
    expect((await fixture().app.getWallet(stuckUser)).balance).toBe(2);
  });

  it('delays the layout that would move its seat, until the hold of the seat is decided', async () => {
    const { app, ports } = fixture();
    const concertId = await createConcert(app);
    const layout = drawHall({ Stalls: ['....'] });
    const times = { venue: 'Hall', ...saleTimes(ports.clock.now()) };
    const command = { concertId, ...times, layout, refundUntil: null, request: null, by: BY_STAFF };
    const { id: eventId } = unwrap(await app.createEvent(command)).value;
    const replace = (row: string) => {
      const [stalls] = layout.sections;
      const next = { ...layout, sections: [{ ...stalls!, rows: [{ ...stalls!.rows[0]!, label: row }] }] };
      return app.replaceLayout({ eventId, layout: next, expected: null, by: BY_STAFF });
    };
    const hold = { eventId, seatNumbers: [2], reservationId: ports.ids.next(), ttlMs: HOUR_MS };
    const first = await whileLocked(
      ({ seats }) => seats.hold([hold], 'WAIT'),
      async () => {
        const moved = replace('Z');
        await fixture().openSale(); // a new layout that did not wait would be committed by now
        return { moved };
      },
    );
    const pointer = '/sections/0/rows/0/seats/1';
    expect(await first.moved).toMatchObject(refused('VALIDATION_FAILED', { errors: [{ pointer }] }));
    expect((await replace('1')).ok).toBe(true);
  });
});
