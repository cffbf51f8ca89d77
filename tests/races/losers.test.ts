import { randomUUID } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { admit, outcome, tally } from '../world/crowd.ts';
import { granted } from '../world/sale.ts';
import { useWorld } from '../world/use-world.ts';

describe('a crowd on one seat, through one process with ten connections', () => {
  const world = useWorld({ http: 1, env: { MYSQL_POOL_SIZE: '10' } });

  /** What the connections of the process have asked of the database so far. */
  async function countStatements(): Promise<number> {
    const [[row]] = await world().db.query<RowDataPacket[]>(
      `select sum(s.count_star) as statements
       from performance_schema.events_statements_summary_by_thread_by_event_name s
       join performance_schema.threads t using (thread_id)
       where t.processlist_db = database() and t.processlist_id <> connection_id()
         and s.event_name like 'statement/sql/%'`,
    );
    return Number(row?.['statements']);
  }

  it('is answered without a 503, most of it by reads that many share', async () => {
    const size = 2_000;
    const sale = await world().openSale({ policy: { admission: { batchSize: size } } });
    const fans = await admit(world(), sale, size);
    const before = await countStatements();
    const answers = await Promise.all(fans.map((fan) => fan.hold(sale.eventId, [7])));
    const statements = (await countStatements()) - before;

    expect(tally(answers.map(outcome))).toEqual({ '201': 1, '409 SEAT_UNAVAILABLE': size - 1 });
    expect(statements).toBeGreaterThan(5);
    // A transaction each would be five. How many share a read depends on how close they come: `pnpm bench locks` tells.
    expect(statements / (size - 1)).toBeLessThan(0.5);
  });
});

describe('refusals that many share', () => {
  const world = useWorld({ http: 2 });

  it('give every repetition of the winning request its answer, whenever it arrives', async () => {
    const sale = await world().openSale();
    const fans = await admit(world(), sale, 40);
    for (let seat = 1; seat <= 5; seat += 1) {
      const answers = await Promise.all(
        fans.map(async (fan) => {
          const key = randomUUID();
          const repeated = Array.from({ length: 4 }, () => fan.hold(sale.eventId, [seat], key));
          return { fan, answers: await Promise.all(repeated) };
        }),
      );
      const outcomes = answers.map((one) => tally(one.answers.map(outcome)));
      const winner = answers.find((one) => one.answers.some(({ status }) => status === 201));
      expect(outcomes.filter((one) => one['201'] === 4)).toHaveLength(1);
      expect(outcomes.filter((one) => one['409 SEAT_UNAVAILABLE'] === 4)).toHaveLength(39);
      const ids = new Set(winner?.answers.map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      const firsts = winner?.answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined);
      expect(firsts).toHaveLength(1);
      granted(await winner!.fan.cancel([...ids][0] ?? ''));
    }
  });
});
