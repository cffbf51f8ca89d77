import type { RedisNode, RedisSet } from './redis-sets/redis-set.ts';
import { waitUntil } from './services/wait-until.ts';

/** A slot of a cluster that moves to another primary key by key, as `redis-cli --cluster reshard` moves it. */
type MovingSlot = {
  /** The primary to which the slot moves. */
  readonly target: RedisNode;
  /** The keys that were in the slot when the move began. */
  readonly keys: readonly string[];
  moveKey(key: string): Promise<void>;
  /** Moves the keys that are left, and gives the slot to the other primary. */
  finish(): Promise<void>;
};

const MIGRATE_TIMEOUT_MS = 10_000;
const MOVED_WITHIN_MS = 30_000;
const KEYS_PER_PAGE = 1_000;

/** Begins to move the slot of `key`. From now on its primary refuses or redirects what it cannot serve whole. */
export async function beginToMoveSlot(cluster: RedisSet, key: string): Promise<MovingSlot> {
  const { slot, source, target, targetId } = await planMove(cluster, key);
  const sourceId = await source.client.cluster('MYID');
  await target.client.cluster('SETSLOT', slot, 'IMPORTING', sourceId);
  await source.client.cluster('SETSLOT', slot, 'MIGRATING', targetId);
  const keysLeft = () => source.client.cluster('GETKEYSINSLOT', slot, KEYS_PER_PAGE);
  const moveKey = async (each: string) =>
    void (await source.client.migrate('127.0.0.1', target.server.port, each, 0, MIGRATE_TIMEOUT_MS));
  return {
    target,
    keys: await keysLeft(),
    moveKey,
    async finish() {
      for (let page = await keysLeft(); page.length > 0; page = await keysLeft())
        for (const each of page) await moveKey(each);
      for (const { client } of [target, source]) await client.cluster('SETSLOT', slot, 'NODE', targetId);
    },
  };
}

/** Moves the slot of `key` at once, as Valkey 9 does. */
export async function moveSlotAtomically(cluster: RedisSet, key: string): Promise<void> {
  const { slot, source, target, targetId } = await planMove(cluster, key);
  await source.client.call('CLUSTER', 'MIGRATESLOTS', 'SLOTSRANGE', slot, slot, 'NODE', targetId);
  await waitUntil(async () => (await cluster.primaryOf(key)) === target, MOVED_WITHIN_MS);
}

/** The slot of `key`, its primary, and another primary for it. */
async function planMove(cluster: RedisSet, key: string) {
  const source = await cluster.primaryOf(key);
  const slot = await source.client.cluster('KEYSLOT', key);
  const target = await anotherPrimary(cluster, source);
  return { slot, source, target, targetId: await target.client.cluster('MYID') };
}

async function anotherPrimary({ nodes }: RedisSet, than: RedisNode): Promise<RedisNode> {
  const ranges = await than.client.cluster('SLOTS');
  const ports = ranges.flatMap(([, , primary]) => (primary === undefined ? [] : [primary[1]]));
  const found = nodes.find((node) => node !== than && ports.includes(node.server.port));
  if (found === undefined) throw new Error('the cluster has one primary');
  return found;
}
