import { randomUUID } from 'node:crypto';
import { unwrap } from '@frontrow/tests/support/results.ts';
import { type Fan } from '../data/benchmark-sale.ts';
import type { Testbed } from '../harness/testbed.ts';
import type { AdmittedSale } from '../locks/admitted-sale.ts';
import type { DatabaseChecks } from './database-checks.ts';

export type Held = { readonly fan: Fan; readonly id: string };

/** The held reservation of each fan of the sale; throws if a fan has none. */
export async function reservationsOf(
  { concertId, fans }: AdmittedSale,
  checks: DatabaseChecks,
): Promise<readonly Held[]> {
  const rows = await checks.rows<{ id: string; user_id: string }>(
    `select id, user_id from reservation where concert_id = ? and status = 'HELD'`,
    [concertId],
  );
  const idOf = new Map(rows.map(({ id, user_id }) => [user_id, id]));
  return fans.map((fan) => {
    const id = idOf.get(fan.userId);
    if (id === undefined) throw new Error(`${fan.userId} holds no seat`);
    return { fan, id };
  });
}

/** Holds a seat through the use case. */
export async function hold(
  { application }: Testbed,
  { userId, ticket }: Fan,
  eventId: string,
  seat: number,
): Promise<void> {
  const request = { userId, operation: 'hold', key: randomUUID(), fingerprint: 'bench' };
  unwrap(await application.holdSeats({ userId, eventId, seatNumbers: [seat], ticket, request }));
}
