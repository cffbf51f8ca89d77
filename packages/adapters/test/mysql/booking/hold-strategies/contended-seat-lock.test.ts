import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import type { SeatAvailability, SeatRequest } from '@frontrow/application/ports/booking/seat-lock.ts';
import { createContendedSeatLock } from '../../../../src/mysql/booking/hold-strategies/contended-seat-lock.ts';

type No = { readonly code: string };
const TAKEN: No = { code: 'SEAT_UNAVAILABLE' };
const settled = () => new Promise(setImmediate);

/** A gate before seats that are sold one by one, whose reads and attempts end when they are told to. */
function createSale() {
  const sold = new Set<number>();
  const answered = new Set<string>();
  const reads: { readonly wishes: readonly SeatRequest[]; end(): void }[] = [];
  const attempts: { readonly key: string; end(result: Result<string, No>): void; fail(): void }[] = [];
  const lock = createContendedSeatLock((_eventId, wishes) => {
    // As of its beginning, like the snapshot of a database.
    const [taken, keys] = [new Set(sold), new Set(answered)];
    const news: SeatAvailability = { onSale: null, taken, hasAnswered: ({ key }) => keys.has(key) };
    const { promise, resolve } = Promise.withResolvers<SeatAvailability>();
    reads.push({ wishes, end: () => resolve(news) });
    return promise;
  }, 0);
  return {
    sold,
    answered,
    reads,
    attempts,
    /** Lets the reads end that have begun by the end of this turn of the loop. */
    async readOn() {
      await settled();
      for (const read of reads.splice(0)) read.end();
      await settled();
    },
    async end(key: string, result: Result<string, No>) {
      attempts.find((attempt) => attempt.key === key)!.end(result);
      await settled();
    },
    hold(key: string, ...seatNumbers: number[]): Promise<Result<string, No>> {
      const request = { userId: 'fan', operation: 'POST /x', key, fingerprint: 'f' };
      return lock.hold<string, No>(
        { eventId: 'event', seatNumbers, request },
        {
          refusalBy: ({ taken }) => (seatNumbers.some((seat) => taken.has(seat)) ? TAKEN : null),
          attempt: () => {
            const { promise, resolve, reject } = Promise.withResolvers<Result<string, No>>();
            attempts.push({ key, end: resolve, fail: () => reject(new Error('on purpose')) });
            return promise;
          },
        },
      );
    },
  };
}

describe('shared refusals', () => {
  it('refuse by a read that began after the request, never by an older one', async () => {
    const sale = createSale();
    sale.sold.add(1);
    const before = sale.hold('before', 1);
    await settled();
    // The seat is free again before the next request arrives, and the read under way does not know it.
    sale.sold.delete(1);
    const after = sale.hold('after', 1);
    await sale.readOn();
    expect(await before).toEqual(refuse(TAKEN));
    await sale.readOn();
    await sale.end('after', ok('held'));
    expect(await after).toEqual(ok('held'));
  });

  it('let one at a time try for a seat, and refuse all who waited by one read once it is taken', async () => {
    const sale = createSale();
    const crowd = Array.from({ length: 50 }, (_, index) => sale.hold(`fan ${index}`, 7));
    await sale.readOn();
    expect(sale.attempts.map(({ key }) => key)).toEqual(['fan 0']);
    sale.sold.add(7);
    await sale.end('fan 0', ok('held'));
    await settled();
    expect(sale.reads.map(({ wishes }) => wishes.length)).toEqual([49]);
    await sale.readOn();
    const [first, ...others] = await Promise.all(crowd);
    expect(first).toEqual(ok('held'));
    expect(others).toEqual(others.map(() => refuse(TAKEN)));
    expect(sale.attempts).toHaveLength(1);
  });

  it('let the next try when the one before was refused for itself, or failed', async () => {
    const sale = createSale();
    const [own, failing, third] = [sale.hold('own', 7), sale.hold('failing', 7), sale.hold('third', 7)];
    failing.catch(() => {});
    await sale.readOn();
    await sale.end('own', refuse({ code: 'HOLD_LIMIT_EXCEEDED' }));
    expect(await own).toEqual(refuse({ code: 'HOLD_LIMIT_EXCEEDED' }));
    expect(sale.attempts.map(({ key }) => key)).toEqual(['own', 'failing']);
    sale.attempts[1]!.fail();
    await expect(failing).rejects.toThrow('on purpose');
    await sale.end('third', ok('held'));
    expect(await third).toEqual(ok('held'));
  });

  it('read anew when the one before lost the seat to another process', async () => {
    const sale = createSale();
    const [first, second] = [sale.hold('first', 7), sale.hold('second', 7)];
    await sale.readOn();
    sale.sold.add(7);
    await sale.end('first', refuse(TAKEN));
    await sale.readOn();
    expect(await Promise.all([first, second])).toEqual([refuse(TAKEN), refuse(TAKEN)]);
    expect(sale.attempts).toHaveLength(1);
  });

  it('keep those apart who want other seats', async () => {
    const sale = createSale();
    const pair = [sale.hold('one', 1, 2), sale.hold('other', 3)];
    const both = sale.hold('both', 2, 3);
    await sale.readOn();
    expect(sale.attempts.map(({ key }) => key)).toEqual(['one', 'other']);
    sale.sold.add(1).add(2);
    await sale.end('one', ok('held'));
    await sale.readOn();
    expect(await both).toEqual(refuse(TAKEN));
    await sale.end('other', ok('held'));
    expect(await Promise.all(pair)).toEqual([ok('held'), ok('held')]);
  });

  it('never refuse a request that was answered before, also not while its first is under way', async () => {
    const sale = createSale();
    const first = sale.hold('key', 7);
    const twin = sale.hold('key', 7);
    await sale.readOn();
    expect(sale.attempts).toHaveLength(1);
    sale.sold.add(7);
    sale.answered.add('key');
    await sale.end('key', ok('held'));
    expect(await first).toEqual(ok('held'));
    await sale.readOn();
    sale.attempts[1]!.end(ok('replayed'));
    expect(await twin).toEqual(ok('replayed'));
  });

  it('fail for those alone who share a read that fails', async () => {
    let fails = true;
    const lock = createContendedSeatLock(async () => {
      if (fails) throw new Error('away');
      return { onSale: null, taken: new Set(), hasAnswered: () => false };
    });
    const request = { userId: 'fan', operation: 'POST /x', key: 'k', fingerprint: 'f' };
    const hold = () =>
      lock.hold<string, No>(
        { eventId: 'event', seatNumbers: [1], request },
        { refusalBy: () => null, attempt: async () => ok('held') },
      );
    await expect(hold()).rejects.toThrow('away');
    fails = false;
    expect(await hold()).toEqual(ok('held'));
  });
});
