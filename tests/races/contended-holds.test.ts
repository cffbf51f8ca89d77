import { randomUUID } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

describe('a crowd that wants one seat, on one process with ten connections', () => {
  const installation = useInstallation({ http: 1, env: { MYSQL_POOL_SIZE: '10' } });

  /** How many statements the process has sent to the database so far. */
  async function countStatements(): Promise<number> {
    const [[row]] = await installation().db.query<RowDataPacket[]>(
      `select sum(s.count_star) as statements
       from performance_schema.events_statements_summary_by_thread_by_event_name s
       join performance_schema.threads t using (thread_id)
       where t.processlist_db = database() and t.processlist_id <> connection_id()
         and s.event_name like 'statement/sql/%'`,
    );
    return Number(row?.['statements']);
  }

  it('is answered, and mostly by coalesced reads', async () => {
    const size = 2_000;
    const sale = await installation().openSale({ policy: { admission: { batchSize: size } } });
    const fans = await admitFans(installation(), sale, size);
    const before = await countStatements();
    const answers = await Promise.all(fans.map((fan) => fan.hold(sale.eventId, [7])));
    const statements = (await countStatements()) - before;

    expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 1, '409 SEAT_UNAVAILABLE': size - 1 });
    expect(statements).toBeGreaterThan(5);
    // A transaction for each request would take five statements. How many requests share a read depends on their timing.
    expect(statements / (size - 1)).toBeLessThan(0.5);
  });
});

describe('a process whose only connection for transactions waits for a lock', () => {
  const installation = useInstallation({ http: 1, env: { MYSQL_POOL_SIZE: '1' } });

  it('still lists the seats and refuses holds of unavailable ones', async () => {
    const { db } = installation();
    const { concertId, eventId } = await installation().openSale();
    const [winner, waiting, loser] = (await admitFans(installation(), { concertId }, 3)) as [Fan, Fan, Fan];
    expectOk(await winner.hold(eventId, [7]));
    expectOk(await loser.seats(eventId)); // the process then knows the date, and needs no connection to read it

    await db.beginTransaction();
    await db.query('select * from seat where concert_event_id = ? and number = 1 for update', [eventId]);
    const blocked = waiting.hold(eventId, [1]);
    await eventually(async () => {
      const [rows] = await db.query<RowDataPacket[]>(
        `select 1 from performance_schema.data_lock_waits
         join performance_schema.data_locks on engine_lock_id = requesting_engine_lock_id
         where object_schema = database()`,
      );
      expect(rows).not.toHaveLength(0);
    });
    const answers = await Promise.all([loser.hold(eventId, [7]), loser.seats(eventId)]);
    await db.rollback();

    expect(answers.map(outcome)).toEqual(['409 SEAT_UNAVAILABLE', '200']);
    expect(outcome(await blocked)).toBe('201');
  });
});

describe('refusals from coalesced reads', () => {
  const installation = useInstallation({ http: 2 });

  it('do not replace the stored answer of the winning request, whenever its repetitions arrive', async () => {
    const sale = await installation().openSale();
    const fans = await admitFans(installation(), sale, 40);
    for (let seat = 1; seat <= 5; seat += 1) {
      const answers = await Promise.all(
        fans.map(async (fan) => {
          const key = randomUUID();
          const repeated = Array.from({ length: 4 }, () => fan.hold(sale.eventId, [seat], key));
          return { fan, answers: await Promise.all(repeated) };
        }),
      );
      const outcomes = answers.map((one) => countOccurrences(one.answers.map(outcome)));
      const winner = answers.find((one) => one.answers.some(({ status }) => status === 201));
      expect(outcomes.filter((one) => one['201'] === 4)).toHaveLength(1);
      expect(outcomes.filter((one) => one['409 SEAT_UNAVAILABLE'] === 4)).toHaveLength(39);
      const ids = new Set(winner?.answers.map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      const firsts = winner?.answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined);
      expect(firsts).toHaveLength(1);
      expectOk(await winner!.fan.cancel([...ids][0] ?? ''));
    }
  });
});
