import type { OutboxEntry } from '@frontrow/application/ports/shared/outbox.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { expect, inject, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { createGate } from '../support/mysql-test-ports.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { interruptCommit } from './interrupt-commit.ts';

const fixture = useSaleFixture(() => openRealEnvironment());
const { shards } = inject('vitess');

/** Writes webhook messages of one concert to the outbox of its shard, and returns their ids. */
async function appendMessages(concertId: string, count: number): Promise<readonly string[]> {
  const { ports } = fixture();
  const messages = Array.from({ length: count }, () => ({
    kind: 'WEBHOOK' as const,
    id: ports.ids.next(),
    type: 'payment.completed' as const,
    subjectId: concertId,
    occurredAt: Date.now(),
    body: '{}',
    endpointId: null,
  }));
  await ports.transact(
    async ({ concerts, outbox }) => {
      await concerts.lockConcert(concertId);
      return ok(await outbox.append(messages));
    },
    { concertId },
  );
  return messages.map(({ id }) => id);
}

const idsOf = (entries: readonly OutboxEntry[]) =>
  entries.flatMap(({ message }) => (message.kind === 'WEBHOOK' ? [message.id] : []));
const keysOf = (entries: readonly OutboxEntry[]) => entries.map(({ id }) => id);

/** Takes messages, and delivers them after `wait`. */
async function relay(limit: number, wait: () => Promise<unknown> = async () => undefined) {
  const { value } = await fixture().ports.transact(async ({ outbox }) => {
    const entries = await outbox.take(limit);
    await wait();
    await outbox.markDelivered(keysOf(entries));
    return ok(idsOf(entries));
  }, 'STAFF');
  return value;
}

async function drain(): Promise<void> {
  await fixture().app.relayOutbox();
}

it('a relay takes no message behind one that another relay has taken', async () => {
  const { concertId } = await fixture().openSale();
  await drain();
  const ids = await appendMessages(concertId, 2);
  const [taken, over] = [createGate(), createGate()];
  const first = relay(1, async () => {
    taken.open();
    await over.opened;
  });
  await taken.opened;
  expect(await relay(100)).toEqual([]);
  over.open();
  expect(await first).toEqual([ids[0]]);
  expect(await relay(100)).toEqual([ids[1]]);
});

it('a relay takes no message behind one that has to wait', async () => {
  const { concertId } = await fixture().openSale();
  await drain();
  await appendMessages(concertId, 2);
  await fixture().ports.transact(async ({ outbox }) => {
    await outbox.postpone(keysOf(await outbox.take(1)), 3_600_000);
    return ok(undefined);
  }, 'STAFF');
  expect(await relay(100)).toEqual([]);
});

it('a relay commits its deliveries before the messages are delivered', async () => {
  const { concertId } = await fixture().openSale();
  await drain();
  const [id] = await appendMessages(concertId, 1);
  const sales = await shardWith('sales', 'select id from concert where id = ?', concertId);
  const [staff] = shards.filter(({ keyspace }) => keyspace === 'staff');
  let coordinated = 0;
  await interruptCommit(
    async () => void (await fixture().app.relayOutbox()),
    sales,
    async () => {
      coordinated = (await rowsIn(staff!.primaryUrl, 'select dtid from _vt.dt_state', [])).length;
    },
  );
  expect(coordinated).toBe(1);
  expect(await relay(100)).not.toContain(id);
});

async function rowsIn(uri: string, query: string, values: readonly unknown[]): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query, [...values]);
    return rows;
  } finally {
    connection.destroy();
  }
}

async function shardWith(keyspace: string, query: string, id: string) {
  for (const shard of shards)
    if (shard.keyspace === keyspace && (await rowsIn(shard.primaryUrl, query, [id])).length > 0) return shard;
  throw new Error(`no shard of ${keyspace} has ${id}`);
}
