import { describe, expect, it } from 'vitest';
import type { CacheKey } from '../../src/ports/shared/cache.ts';
import { type OpenPorts, usePorts } from './contract-support.ts';

export function describeCacheContract(name: string, open: OpenPorts<'cache' | 'ids'>): void {
  describe(`Cache (${name})`, () => {
    const ports = usePorts(open);
    const newKey = (group = ports().ids.next()): CacheKey => ({ group, entry: ports().ids.next() });
    const fetch = async <T>(key: CacheKey, value: T) => ports().cache.fetch(key, async () => value);

    it('loads a value once and returns it unchanged afterwards', async () => {
      for (const value of [{ items: [1, 'two', null], nextCursor: null }, 'text', 0, false, [], null]) {
        const key = newKey();
        expect(await fetch(key, value)).toEqual(value);
        expect(await fetch<unknown>(key, 'another')).toEqual(value);
      }
    });

    it('keeps entries and groups apart', async () => {
      const [one, other] = [newKey('g'), { group: ports().ids.next(), entry: 'e' }];
      await fetch(one, 1);
      expect(await fetch({ ...other, entry: one.entry }, 2)).toBe(2);
      expect(await fetch({ ...one, entry: `${one.entry}x` }, 3)).toBe(3);
      expect(await fetch(one, 4)).toBe(1);
    });

    it('loads once for concurrent requests', async () => {
      const key = newKey();
      let loads = 0;
      const gate = Promise.withResolvers<void>();
      const requests = Array.from({ length: 20 }, async () =>
        ports().cache.fetch(key, async () => {
          loads += 1;
          await gate.promise;
          return loads;
        }),
      );
      gate.resolve();
      expect(await Promise.all(requests)).toEqual(Array.from({ length: 20 }, () => 1));
      expect(loads).toBe(1);
    });

    it('drops every entry of a group, and no other', async () => {
      const [one, ofOtherGroup] = [newKey(), newKey()];
      const other = { ...one, entry: `${one.entry}-other` };
      for (const key of [one, other, ofOtherGroup]) await fetch(key, 'old');
      await ports().cache.invalidate(one.group);
      expect(await Promise.all([one, other, ofOtherGroup].map((key) => fetch(key, 'new')))).toEqual([
        'new',
        'new',
        'old',
      ]);
      await ports().cache.invalidate(ports().ids.next());
    });

    it('does not keep a value whose group was invalidated while it loaded', async () => {
      const key = newKey();
      const [started, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const overtaken = ports().cache.fetch(key, async () => {
        started.resolve();
        await gate.promise;
        return 'old';
      });
      await started.promise;
      await ports().cache.invalidate(key.group);
      gate.resolve();
      expect(await overtaken).toBe('old');
      expect(await fetch(key, 'new')).toBe('new');
      expect(await fetch(key, 'newer')).toBe('new');
    });

    it('answers no request after an invalidation with a value from before it', async () => {
      const key = newKey();
      const [started, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const before = ports().cache.fetch(key, async () => {
        started.resolve();
        await gate.promise;
        return 'old';
      });
      await started.promise;
      await ports().cache.invalidate(key.group);
      expect(await fetch(key, 'new')).toBe('new');
      gate.resolve();
      expect(await before).toBe('old');
      expect(await fetch(key, 'newer')).toBe('new');
    });

    it('fails every request of a failed load, and does not keep the failure', async () => {
      const key = newKey();
      const failing = () =>
        ports().cache.fetch(key, async () => {
          throw new Error('on purpose');
        });
      const outcomes = await Promise.allSettled([failing(), failing()]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await fetch(key, 'later')).toBe('later');
    });
  });
}
