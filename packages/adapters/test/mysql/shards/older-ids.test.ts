import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
} from 'kysely';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/mysql/schema/schema.ts';
import { createLocator } from '../../../src/mysql/shards/locator.ts';
import { createShardedReads } from '../../../src/mysql/shards/sharded-ports.ts';
import { slotOf } from '../../../src/mysql/shards/slot-of.ts';
import { createSecretBox } from '../../../src/mysql/webhooks/secret-box.ts';

const CONCERT = 'a concert';
/** Names the slot 0, which is not on the shard of the concert. */
const OLDER_ID = '01JDX000000000000000000000';
const LOW = { first: 0x00, target: 'sales:-80' };
const HIGH = { first: 0x80, target: 'sales:80-' };
const shards = {
  list: async () => [LOW, HIGH],
  find: (_: unknown, slot: number) => (slot < HIGH.first ? LOW : HIGH),
};

/** Two shards, of which the second has the reservation. Each read of the tables notes its aim. */
function openReads() {
  const readAt: string[] = [];
  let aim = '';
  const run = async ({ sql, parameters }: CompiledQuery) => {
    aim = /^use `(.+)`$/.exec(sql)?.[1] ?? aim;
    const isOnSecond = aim === HIGH.target;
    if (!sql.startsWith('select')) return { rows: [] };
    expect(parameters).toContain(OLDER_ID);
    if (sql.startsWith('select concert_id from reservation'))
      return { rows: isOnSecond ? [{ concert_id: CONCERT }] : [] };
    readAt.push(aim);
    return { rows: [] };
  };
  class Driver extends DummyDriver {
    override async acquireConnection() {
      const connection = await super.acquireConnection();
      return Object.assign(connection, { executeQuery: run });
    }
  }
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new Driver(),
      createIntrospector: (own) => new MysqlIntrospector(own),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  });
  const locator = createLocator(db, shards);
  return { reads: createShardedReads(db, { secretBox: createSecretBox([]) }, { locator, shards }), readAt };
}

it.each([
  ['the records of an order', ({ orderReads }) => orderReads.findRecords(OLDER_ID)],
  ['the check-ins of a reservation', ({ gateCheckInReads }) => gateCheckInReads.list(OLDER_ID)],
] satisfies [string, (reads: ReturnType<typeof openReads>['reads']) => Promise<unknown>][])(
  '%s with an id from before 0.7 are read on the shard of its concert, as the first read of a process',
  async (_, read) => {
    const { reads, readAt } = openReads();
    await read(reads);
    expect(new Set(readAt)).toEqual(new Set([`sales[${slotOf(CONCERT).toString(16)}]`]));
  },
);
