import { randomUUID } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { Refusal } from '@frontrow/domain/shared/refusals.ts';
import { createBookableDate, createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';
import { admitFans } from '../data/benchmark-sale.ts';
import type { Row } from '../harness/result-table.ts';
import { median } from '../harness/statistics.ts';
import type { Testbed } from '../harness/testbed.ts';
import { blockLayout } from './large-halls.ts';

const AT_ONCE = 256;

/** A crowd that asks for "2 best" through the use case until a hall of 20,000 has no pair left. */
export async function fillByPairs(testbed: Testbed): Promise<Row> {
  const { application } = testbed;
  const concertId = await createConcert(application);
  const admission = { batchSize: 100_000 };
  await application.changePolicy({ by: BY_STAFF, concertId, admission, hold: { ttlMs: 3_600_000 } });
  const layout = blockLayout(8, 100, 25);
  const event = await createBookableDate(application, concertId, Date.now(), { layout });
  const fans = await admitFans(testbed, concertId, event.seatCount / 2);

  const waiting = fans.values();
  const [times, refusals]: [number[], Refusal[]] = [[], []];
  const begin = performance.now();
  async function holdPairs(): Promise<void> {
    for (const { userId, ticket } of waiting) {
      const request = { userId, operation: 'POST /v1/reservations', key: randomUUID(), fingerprint: '' };
      const command = { userId, ticket, eventId: event.id, bestAvailable: { count: 2 }, request };
      const sentAt = performance.now();
      const held = await application.holdSeats(command);
      if (held.ok) times.push(performance.now() - sentAt);
      else refusals.push(held.refusal);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, holdPairs));
  const seconds = (performance.now() - begin) / 1_000;
  const early = refusals.filter((each) => each.code !== 'NO_MATCHING_SEATS' || each.togetherMax > 1);
  const rate = Math.round((2 * times.length) / seconds);
  return {
    path: `${event.seatCount} seats by pairs on MySQL, ${AT_ONCE} requests at once: ${2 * times.length} held`,
    figure: `${rate} seats/s, ${median(times).toFixed(0)} ms, ${early.length} refused while a pair was free`,
    goal: '0 refused',
    isMet: early.length === 0,
  };
}

const READ = { seats: 50_000, warmUp: 5, measured: 30 };

/** The statement that reads which seats of a date are not free; two thirds of them are held. */
export async function readingRow({ application, ports, mysqlUrl }: Testbed): Promise<Row> {
  const concertId = await createConcert(application);
  const event = await createBookableDate(application, concertId, Date.now(), { seatCount: READ.seats });
  await holdMostSeats(mysqlUrl, event.id);
  const times: number[] = [];
  let found = 0;
  await ports.transact(async ({ seats }) => {
    for (let repeat = 0; repeat < READ.warmUp + READ.measured; repeat += 1) {
      const begin = performance.now();
      found = (await seats.findUnavailable(event.id)).length;
      times.push(performance.now() - begin);
    }
    return { ok: true, value: null } as const;
  }, 'STAFF');
  return {
    path: `${READ.seats} seats on MySQL, ${found} held: the reading of a group`,
    figure: `${median(times.slice(READ.warmUp)).toFixed(1)} ms`,
    goal: '—',
    isMet: null,
  };
}

async function holdMostSeats(mysqlUrl: string, eventId: string): Promise<void> {
  const connection = await createConnection(mysqlUrl);
  await connection.query(
    `update seat set status = 'HELD', reservation_id = concat('r', number), hold_expires_at = now(3) + interval 1 hour
     where concert_event_id = ? and number % 3 > 0`,
    [eventId],
  );
  await connection.end();
}
