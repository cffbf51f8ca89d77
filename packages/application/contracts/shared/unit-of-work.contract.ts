import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { type Concert } from '@frontrow/domain/catalog/concert.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { addConcertWithDate, holdOne, newConcert } from './contract-builders.ts';
import { type OpenPorts, usePorts } from './contract-support.ts';
import type { UnitOfWork } from '../../src/ports/shared/unit-of-work.ts';

export function describeUnitOfWorkContract(
  name: string,
  open: OpenPorts<'transact' | 'catalog' | 'seatReads' | 'walletReads' | 'ids'>,
): void {
  describe(`Transact (${name})`, () => {
    const ports = usePorts(open);
    const find = async (concert: Concert) => ports().catalog.findConcert(concert.id);

    it('commits on ok and returns the result', async () => {
      const concert = newConcert(ports());
      const answer = await ports().transact(async (unit) => {
        await add(unit, concert);
        return ok({ answer: 42 });
      }, 'STAFF');
      expect(answer).toEqual({ ok: true, value: { answer: 42 } });
      expect(await find(concert)).toEqual(concert);
    });

    it('rolls back on a refusal and returns it', async () => {
      const concert = newConcert(ports());
      const answer = await ports().transact(async (unit) => {
        await add(unit, concert);
        return refuse({ code: 'NO' });
      }, 'STAFF');
      expect(answer).toEqual({ ok: false, refusal: { code: 'NO' } });
      expect(await find(concert)).toBeNull();
    });

    it('rolls back on a throw and throws the same error', async () => {
      const concert = newConcert(ports());
      const fault = new Error('on purpose');
      const failing = ports().transact(async (unit) => {
        await add(unit, concert);
        throw fault;
      }, 'STAFF');
      await expect(failing).rejects.toBe(fault);
      expect(await find(concert)).toBeNull();
    });

    it('shows uncommitted writes to nobody else', async () => {
      const concert = newConcert(ports());
      await ports().transact(async (unit) => {
        await add(unit, concert);
        expect(await find(concert)).toBeNull();
        return ok(undefined);
      }, 'STAFF');
      expect(await find(concert)).not.toBeNull();
    });

    it('writes all of its ports together or none', async () => {
      const onSale = await addConcertWithDate(ports());
      const { concert, event } = onSale;
      const [userId, reservationId] = [ports().ids.next(), ports().ids.next()];
      const work = async (unit: UnitOfWork) => {
        const { wallets, outbox, queueEnds } = unit;
        await holdOne(unit, { eventId: event.id, seatNumbers: [1], reservationId, ttlMs: 60_000 });
        const { asOf: createdAt } = await wallets.lock(userId);
        const money = { kind: 'CHARGE', amount: 5, balanceAfter: 5, paymentId: null } as const;
        await wallets.append([{ id: ports().ids.next(), userId, createdAt, ...money }]);
        await queueEnds.add({ concertId: concert.id, userId, sequence: 2 ** 40 + 1, reason: 'COMPLETED' });
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId: concert.id }]);
      };
      const seen = async () => [
        (await ports().seatReads.list(event.id, [])).seats[0]?.status,
        (await ports().walletReads.find(userId)).balance,
      ];
      await ports().transact(async (unit) => {
        await work(unit);
        return refuse({ code: 'NO' });
      }, 'STAFF');
      expect(await seen()).toEqual(['AVAILABLE', 0]);
      await ports().transact(async (unit) => {
        await work(unit);
        expect(await seen()).toEqual(['AVAILABLE', 0]);
        return ok(undefined);
      }, 'STAFF');
      expect(await seen()).toEqual(['HELD', 5]);
    });

    it('continues after failures, one of them while others wait', async () => {
      const concerts = Array.from({ length: 12 }, () => newConcert(ports()));
      const outcomes = await Promise.allSettled(
        concerts.map((concert, index) =>
          ports().transact(async (unit) => {
            await add(unit, concert);
            if (index % 3 === 1) throw new Error('on purpose');
            return index % 3 === 2 ? refuse({ code: 'NO' }) : ok(undefined);
          }, 'STAFF'),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(4);
      const present = await Promise.all(concerts.map(find));
      expect(present.map((concert) => concert !== null)).toEqual(concerts.map((_, index) => index % 3 === 0));
    });
  });
}

function add({ concerts }: UnitOfWork, concert: Concert): Promise<void> {
  return concerts.add(concert, POLICY_DEFAULT);
}
