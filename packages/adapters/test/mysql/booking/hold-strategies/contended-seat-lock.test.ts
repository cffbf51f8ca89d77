import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import type { SeatAvailability, SeatRequest } from '@frontrow/application/ports/booking/seat-lock.ts';
import { createContendedSeatLock } from '../../../../src/mysql/booking/hold-strategies/contended-seat-lock.ts';

type Refusal = { readonly code: string };
const TAKEN: Refusal = { code: 'SEAT_UNAVAILABLE' };
const settled = () => new Promise(setImmediate);

/** A seat lock whose reads and attempts end on request. */
function createSale() {
  const sold = new Set<number>();
  const answered = new Set<string>();
  const reads: { readonly requests: readonly SeatRequest[]; end(): void }[] = [];
  const attempts: { readonly key: string; end(result: Result<string, Refusal>): void; fail(): void }[] = [];
  const lock = createContendedSeatLock((_eventId, requests) => {
    // As of the start of the read, like a snapshot of the database.
    const [taken, keys] = [new Set(sold), new Set(answered)];
    const availability: SeatAvailability = {
      onSale: null,
      taken,
      liveHolds: new Map(),
      hasAnswered: ({ key }) => keys.has(key),
    };
    const { promise, resolve } = Promise.withResolvers<SeatAvailability>();
    reads.push({ requests, end: () => resolve(availability) });
    return promise;
  }, 0);
  return {
    sold,
    answered,
    reads,
    attempts,
    /** Ends the reads that have begun by the end of this iteration of the event loop. */
    async endReads() {
      await settled();
      for (const read of reads.splice(0)) read.end();
      await settled();
    },
    async end(key: string, result: Result<string, Refusal>) {
      attempts.find((attempt) => attempt.key === key)!.end(result);
      await settled();
    },
    hold(key: string, ...seatNumbers: number[]): Promise<Result<string, Refusal>> {
      const request = { userId: 'fan', operation: 'POST /x', key, fingerprint: 'f' };
      return lock.hold<string, Refusal>(
        { eventId: 'event', seatNumbers, request },
        {
          refusalBy: ({ taken }) => (seatNumbers.some((seat) => taken.has(seat)) ? TAKEN : null),
          attempt: () => {
            const { promise, resolve, reject } = Promise.withResolvers<Result<string, Refusal>>();
            attempts.push({ key, end: resolve, fail: () => reject(new Error('on purpose')) });
            return promise;
          },
        },
      );
    },
  };
}

describe('the contended seat lock', () => {
  it('refuses by a read that began after the request, never by an older one', async () => {
    const sale = createSale();
    sale.sold.add(1);
    const before = sale.hold('before', 1);
    await settled();
    // The seat is free again before the next request arrives, which the running read does not see.
    sale.sold.delete(1);
    const after = sale.hold('after', 1);
    await sale.endReads();
    expect(await before).toEqual(refuse(TAKEN));
    await sale.endReads();
    await sale.end('after', ok('held'));
    expect(await after).toEqual(ok('held'));
  });

  it('lets one request at a time attempt a seat, and refuses all that waited by one read once it is taken', async () => {
    const sale = createSale();
    const crowd = Array.from({ length: 50 }, (_, index) => sale.hold(`fan ${index}`, 7));
    await sale.endReads();
    expect(sale.attempts.map(({ key }) => key)).toEqual(['fan 0']);
    sale.sold.add(7);
    await sale.end('fan 0', ok('held'));
    await settled();
    expect(sale.reads.map(({ requests }) => requests.length)).toEqual([49]);
    await sale.endReads();
    const [first, ...others] = await Promise.all(crowd);
    expect(first).toEqual(ok('held'));
    expect(others).toEqual(others.map(() => refuse(TAKEN)));
    expect(sale.attempts).toHaveLength(1);
  });

  it('lets the next attempt when the one before was refused for its own place, or failed', async () => {
    const sale = createSale();
    const [own, failing, third] = [sale.hold('own', 7), sale.hold('failing', 7), sale.hold('third', 7)];
    failing.catch(() => {});
    await sale.endReads();
    await sale.end('own', refuse({ code: 'HOLD_LIMIT_EXCEEDED' }));
    expect(await own).toEqual(refuse({ code: 'HOLD_LIMIT_EXCEEDED' }));
    expect(sale.attempts.map(({ key }) => key)).toEqual(['own', 'failing']);
    sale.attempts[1]!.fail();
    await expect(failing).rejects.toThrow('on purpose');
    await sale.end('third', ok('held'));
    expect(await third).toEqual(ok('held'));
  });

  it('reads again when an attempt loses the seat to another process', async () => {
    const sale = createSale();
    const [first, second] = [sale.hold('first', 7), sale.hold('second', 7)];
    await sale.endReads();
    sale.sold.add(7);
    await sale.end('first', refuse(TAKEN));
    await sale.endReads();
    expect(await Promise.all([first, second])).toEqual([refuse(TAKEN), refuse(TAKEN)]);
    expect(sale.attempts).toHaveLength(1);
  });

  it('lets requests for other seats pass', async () => {
    const sale = createSale();
    const pair = [sale.hold('one', 1, 2), sale.hold('other', 3)];
    const both = sale.hold('both', 2, 3);
    await sale.endReads();
    expect(sale.attempts.map(({ key }) => key)).toEqual(['one', 'other']);
    sale.sold.add(1).add(2);
    await sale.end('one', ok('held'));
    await sale.endReads();
    expect(await both).toEqual(refuse(TAKEN));
    await sale.end('other', ok('held'));
    expect(await Promise.all(pair)).toEqual([ok('held'), ok('held')]);
  });

  it('never refuses a request with a stored answer, nor its twin during the first attempt', async () => {
    const sale = createSale();
    const first = sale.hold('key', 7);
    const twin = sale.hold('key', 7);
    await sale.endReads();
    expect(sale.attempts).toHaveLength(1);
    sale.sold.add(7);
    sale.answered.add('key');
    await sale.end('key', ok('held'));
    expect(await first).toEqual(ok('held'));
    await sale.endReads();
    sale.attempts[1]!.end(ok('replayed'));
    expect(await twin).toEqual(ok('replayed'));
  });

  it('fails for the requests of a failed read alone', async () => {
    let fails = true;
    const lock = createContendedSeatLock(async () => {
      if (fails) throw new Error('unavailable');
      return { onSale: null, taken: new Set(), liveHolds: new Map(), hasAnswered: () => false };
    });
    const request = { userId: 'fan', operation: 'POST /x', key: 'k', fingerprint: 'f' };
    const hold = () =>
      lock.hold<string, Refusal>(
        { eventId: 'event', seatNumbers: [1], request },
        { refusalBy: () => null, attempt: async () => ok('held') },
      );
    await expect(hold()).rejects.toThrow('unavailable');
    fails = false;
    expect(await hold()).toEqual(ok('held'));
  });
});
