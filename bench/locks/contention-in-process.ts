import { randomUUID } from 'node:crypto';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { createBenchmarkDate } from '../data/benchmark-sale.ts';
import type { Testbed } from '../harness/testbed.ts';
import type { HoldVariant } from './hold-variants.ts';

/** The latencies of one run of a variant, and MySQL's counters for it. */
export type ContentionRun = {
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly slowestMs: number;
  readonly commits: number;
  readonly refusals: number;
  readonly deadlocks: number;
  /** Restarted transactions; for the loop by hand, attempts to take the lock beyond the first. */
  readonly retries: number;
  readonly statementsPerUser: number;
};

export type Contention = { readonly users: number; readonly seats: number };

/** All users hold at the same moment, spread evenly over the seats; latencies count from that moment. */
export async function runContention(
  testbed: Testbed,
  db: Connection,
  variant: HoldVariant,
  { users, seats }: Contention,
): Promise<ContentionRun> {
  const concertId = await createConcert(testbed.application);
  const eventId = await createBenchmarkDate(testbed, concertId);
  const requests = Array.from({ length: users }, (_, index) => {
    const seat = 1 + (index % seats);
    return { concertId, eventId, userId: randomUUID(), seat, key: randomUUID(), users };
  });

  const deadlocksBefore = await readDeadlocks(db);
  const before = await readCounters(db);
  const attemptsBefore = variant.attempts();
  const startedAt = performance.now();
  const answers = await Promise.all(
    requests.map(async (request) => ({
      isHeld: await variant.hold(request),
      ms: performance.now() - startedAt,
    })),
  );
  const after = await readCounters(db);
  const commits = await countHeld(db, eventId);
  const winners = answers.filter(({ isHeld }) => isHeld).length;
  if (commits !== Math.min(users, seats) || winners !== commits)
    throw new Error(`${variant.name}: ${winners} winners and ${commits} held seats for ${seats} seats`);

  const attempts = variant.attempts() - attemptsBefore;
  const begins = after.begins - before.begins;
  return {
    ...summarise(answers.map(({ ms }) => ms)),
    commits,
    refusals: users - winners,
    deadlocks: (await readDeadlocks(db)) - deadlocksBefore,
    retries: Math.abs(begins - attempts),
    statementsPerUser: (after.questions - before.questions - 1) / users,
  };
}

export function summarise(waits: readonly number[]): Pick<ContentionRun, 'meanMs' | 'p95Ms' | 'slowestMs'> {
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    meanMs: sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length,
    p95Ms: sorted[Math.ceil(0.95 * sorted.length) - 1]!,
    slowestMs: sorted.at(-1)!,
  };
}

/** Reads MySQL's counters. The statement itself is counted in the next read. */
export async function readCounters(db: Connection) {
  const [rows] = await db.query<(RowDataPacket & { Variable_name: string; Value: string })[]>(
    `show global status where variable_name in ('Questions', 'Com_begin')`,
  );
  const of = (name: string) => Number(rows.find((row) => row.Variable_name === name)?.Value);
  return { questions: of('Questions'), begins: of('Com_begin') };
}

export async function readDeadlocks(db: Connection): Promise<number> {
  const [[row]] = await db.query<(RowDataPacket & { count: string })[]>(
    `select count from information_schema.innodb_metrics where name = 'lock_deadlocks'`,
  );
  return Number(row?.count);
}

/** The number of held seats of a date; throws if a seat has several reservations or its rows contradict each other. */
export async function countHeld(db: Connection, eventId: string): Promise<number> {
  const [rows] = await db.query<(RowDataPacket & { number: number; owners: number; owned: string })[]>(
    `select s.number, count(r.id) as owners, sum(r.id <=> s.reservation_id) as owned
     from seat s
     left join reservation_seat rs on rs.seat_number = s.number
     left join reservation r on r.id = rs.reservation_id and r.concert_event_id = s.concert_event_id
     where s.concert_event_id = ? and (s.status <> 'AVAILABLE' or r.id is not null) group by s.number`,
    [eventId],
  );
  for (const { number, owners, owned } of rows)
    if (owners !== 1 || owned !== '1') throw new Error(`seat ${number} has ${owners} owners`);
  return rows.length;
}
