import { describe, expect, it } from 'vitest';
import { newUser } from './contract-builders.ts';
import { type OpenPorts, REFUSED, eventually, usePorts, write } from './contract-support.ts';
import type { IdempotentRequest } from '../../src/ports/shared/idempotency.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Needs a database of its own, because it purges every key. */
export function describeIdempotencyContract(
  name: string,
  open: OpenPorts<'transact' | 'idempotencyPurge' | 'ids'>,
): void {
  describe(`Idempotency (${name})`, () => {
    const ports = usePorts(open);

    function newRequest(facts: Partial<IdempotentRequest> = {}): IdempotentRequest {
      const [userId, key] = [newUser(ports()), ports().ids.next()];
      return { userId, operation: 'POST /v1/payments', key, fingerprint: 'a'.repeat(64), ...facts };
    }
    const claim = (request: IdempotentRequest) =>
      write(ports(), async ({ idempotency }) => (await idempotency.claim([request]))[0]!);
    const answer = (request: IdempotentRequest, value: unknown) =>
      write(ports(), async ({ idempotency }) => {
        const [claimed] = await idempotency.claim([request]);
        if (claimed!.kind === 'NEW') await idempotency.complete([{ request, answer: value }]);
        return claimed!;
      });

    it('replays the first answer to a repeated request, with the fingerprint to compare', async () => {
      const request = newRequest();
      const value = {
        id: 'p-1',
        amount: 1_000_000_000_000,
        seatNumbers: [1, 2],
        paymentId: null,
        title: '콘서트 🎤',
      };
      expect(await answer(request, value)).toEqual({ kind: 'NEW' });
      const done = { kind: 'DONE', fingerprint: request.fingerprint, answer: value };
      expect(await claim(request)).toEqual(done);
      expect(await claim({ ...request, fingerprint: 'b'.repeat(64) })).toEqual(done);
    });

    it('claims and answers many requests at once, each for itself', async () => {
      const requests = Array.from({ length: 64 }, () => newRequest());
      const [first, second] = requests as [IdempotentRequest, IdempotentRequest];
      await answer(second, 'before');
      const claims = await write(ports(), async ({ idempotency }) => {
        const claimed = await idempotency.claim(requests);
        const answers = requests.slice(2).map((request) => ({ request, answer: request.key }));
        await idempotency.complete(answers);
        await idempotency.abandon([first]);
        return claimed;
      });
      const before = { kind: 'DONE', fingerprint: second.fingerprint, answer: 'before' };
      const isNew = { kind: 'NEW' };
      expect(claims).toEqual(requests.map((request) => (request === second ? before : isNew)));
      const again = await write(ports(), ({ idempotency }) => idempotency.claim(requests.slice(1)));
      expect(again.map((one) => (one.kind === 'DONE' ? one.answer : null))).toEqual([
        'before',
        ...requests.slice(2).map(({ key }) => key),
      ]);
      expect(await answer(first, 'later')).toEqual({ kind: 'NEW' });
    });

    it('distinguishes requests by user, operation and key, to the letter', async () => {
      const request = newRequest({ key: 'Key' });
      await answer(request, 1);
      for (const other of [
        { userId: newUser(ports()) },
        { userId: request.userId.toUpperCase() },
        { operation: 'POST /v1/wallet/charges' },
        { key: 'key' },
        { key: 'Key ' },
        { key: 'Kéy' },
      ])
        expect(await claim({ ...request, ...other })).toEqual({ kind: 'NEW' });
    });

    it('accepts keys and users of the greatest length', async () => {
      const request = newRequest({ userId: `${ports().ids.next()}${'u'.repeat(102)}`, key: 'k'.repeat(255) });
      await answer(request, 'long');
      expect(await claim(request)).toMatchObject({ kind: 'DONE', answer: 'long' });
    });

    it('treats a key as new after a refusal or a throw rolled its transaction back', async () => {
      const request = newRequest();
      await ports().transact(async ({ idempotency }) => {
        await idempotency.claim([request]);
        await idempotency.complete([{ request, answer: 'refused' }]);
        return REFUSED;
      }, 'STAFF');
      const failed = write(ports(), async ({ idempotency }) => {
        await idempotency.claim([request]);
        await idempotency.complete([{ request, answer: 'failed' }]);
        throw new Error('on purpose');
      });
      await expect(failed).rejects.toThrow('on purpose');
      expect(await answer(request, 'third')).toEqual({ kind: 'NEW' });
      expect(await claim(request)).toMatchObject({ answer: 'third' });
    });

    it('lets one of many concurrent duplicates through, and replays its answer to the others', async () => {
      const request = newRequest();
      const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => answer(request, i)));
      expect(claims.filter(({ kind }) => kind === 'NEW')).toHaveLength(1);
      const winner = claims.findIndex(({ kind }) => kind === 'NEW');
      expect(claims.filter(({ kind }) => kind !== 'NEW')).toEqual(
        Array.from({ length: 9 }, () => ({ kind: 'DONE', fingerprint: request.fingerprint, answer: winner })),
      );
    });

    it('lets the next concurrent duplicate through after the first was refused', async () => {
      const request = newRequest();
      const first = ports().transact(async ({ idempotency }) => {
        await idempotency.claim([request]);
        return REFUSED;
      }, 'STAFF');
      const second = answer(request, 'second');
      expect(await first).toEqual(REFUSED);
      expect(await second).toEqual({ kind: 'NEW' });
      expect(await claim(request)).toMatchObject({ answer: 'second' });
    });

    it('purges keys older than the given age, a batch at a time', async () => {
      const requests = [newRequest(), newRequest(), newRequest()];
      for (const request of requests) await answer(request, 'kept');
      expect(await ports().idempotencyPurge.purge(HOUR_MS, 100)).toBe(0);
      expect(await claim(requests[0]!)).toMatchObject({ kind: 'DONE' });
      await eventually(async () => expect(await ports().idempotencyPurge.purge(50, 2)).toBe(2));
      await eventually(async () => {
        await ports().idempotencyPurge.purge(50, 100);
        for (const request of requests) expect(await claim(request)).toEqual({ kind: 'NEW' });
      });
    });
  });
}
