import { describe, expect, it } from 'vitest';
import { newUser } from './contract-builders.ts';
import { type OpenPorts, REFUSED, eventually, usePorts, write } from './contract-support.ts';
import type { OutboxEntry, OutboxMessage } from '../../src/ports/shared/outbox.ts';

/** Needs a database of its own, because it takes every entry of the outbox. */
export function describeOutboxContract(
  name: string,
  open: OpenPorts<'transact' | 'outboxReads' | 'ids'>,
): void {
  describe(`Outbox (${name})`, () => {
    const ports = usePorts(open);

    function newMessage(concertId = ports().ids.next()): OutboxMessage {
      return { kind: 'CONCERT_CHANGED', concertId };
    }
    async function append(...messages: OutboxMessage[]): Promise<void> {
      for (const message of messages) await write(ports(), ({ outbox }) => outbox.append([message]));
    }
    const deliver = (limit: number): Promise<readonly OutboxEntry[]> =>
      write(ports(), async ({ outbox }) => {
        const entries = await outbox.take(limit);
        await outbox.markDelivered(entries.map(({ id }) => id));
        return entries;
      });
    async function drain(): Promise<void> {
      while ((await deliver(100)).length > 0);
    }

    it('returns every kind of message of a concert unchanged, oldest first, at most the given number', async () => {
      await drain();
      const place = {
        concertId: ports().ids.next(),
        userId: newUser(ports()),
        sequence: 8_191 * 2 ** 40 + 5,
      };
      const end = { kind: 'QUEUE_END', ...place, reason: 'COMPLETED' } as const;
      const message = newMessage(place.concertId);
      const messages = [message, end, message, message];
      await append(...messages);
      expect(messagesOf(await deliver(3))).toEqual(messages.slice(0, 3));
      expect(messagesOf(await deliver(3))).toEqual(messages.slice(3));
      expect(await deliver(3)).toEqual([]);
    });

    it('contains nothing of a rolled-back transaction', async () => {
      await drain();
      await ports().transact(async ({ outbox }) => {
        await outbox.append([newMessage()]);
        return REFUSED;
      }, 'STAFF');
      expect(await deliver(10)).toEqual([]);
    });

    it('keeps an entry due until a delivery of it is committed', async () => {
      await drain();
      const message = newMessage();
      await append(message);
      const failed = write(ports(), async ({ outbox }) => {
        const entries = await outbox.take(10);
        await outbox.markDelivered(entries.map(({ id }) => id));
        throw new Error('on purpose');
      });
      await expect(failed).rejects.toThrow('on purpose');
      expect(messagesOf(await write(ports(), ({ outbox }) => outbox.take(10)))).toEqual([message]);
      expect(messagesOf(await deliver(10))).toEqual([message]);
      expect(await deliver(10)).toEqual([]);
    });

    it('skips a postponed entry until it is due again', async () => {
      await drain();
      const concertId = ports().ids.next();
      const late = newMessage(concertId);
      const other = {
        kind: 'QUEUE_END',
        concertId,
        userId: newUser(ports()),
        sequence: 1,
        reason: 'LEFT',
      } as const;
      await append(late, other); // about one concert: shards have no common order
      await write(ports(), async ({ outbox }) => {
        const [first] = await outbox.take(1);
        await outbox.postpone([first!.id], 3_000);
      });
      expect(messagesOf(await deliver(10))).toEqual([other]);
      await eventually(async () => expect(messagesOf(await deliver(10))).toEqual([late]));
    });

    it('accepts an empty list', async () => {
      await drain();
      await append(newMessage());
      await write(ports(), async ({ outbox }) => {
        await outbox.markDelivered([]);
        await outbox.postpone([], 1_000);
      });
      expect(await deliver(10)).toHaveLength(1);
    });

    it('gives each entry to one of many relays', async () => {
      await drain();
      await append(...Array.from({ length: 20 }, newMessage));
      const taken: OutboxEntry[] = [];
      const relay = async () => {
        for (let entries = await deliver(2); entries.length > 0; entries = await deliver(2))
          taken.push(...entries);
      };
      await Promise.all([relay(), relay(), relay(), relay()]);
      await relay();
      expect(taken).toHaveLength(20);
      expect(new Set(taken.map(({ id }) => id)).size).toBe(20);
    });

    it('returns the age of the oldest undelivered entry', async () => {
      await drain();
      expect(await ports().outboxReads.oldestAgeMs()).toBe(0);
      await append(newMessage());
      await eventually(async () => expect(await ports().outboxReads.oldestAgeMs()).toBeGreaterThan(30));
      await append(newMessage());
      expect(await ports().outboxReads.oldestAgeMs()).toBeGreaterThan(30);
      await drain();
      expect(await ports().outboxReads.oldestAgeMs()).toBe(0);
    });

    it('purges entries delivered long enough ago, a batch at a time, and no others', async () => {
      await drain();
      await append(newMessage(), newMessage(), newMessage());
      await drain();
      const waiting = newMessage();
      await append(waiting);
      expect(await ports().outboxReads.purge(60 * 60 * 1000, 100)).toBe(0);
      await eventually(async () => expect(await ports().outboxReads.purge(30, 2)).toBe(2));
      await eventually(async () => {
        await ports().outboxReads.purge(30, 100);
        expect(await ports().outboxReads.purge(0, 100)).toBe(0);
      });
      expect(messagesOf(await deliver(10))).toEqual([waiting]);
    });
  });
}

function messagesOf(entries: readonly OutboxEntry[]): readonly OutboxMessage[] {
  return entries.map(({ message }) => message);
}
