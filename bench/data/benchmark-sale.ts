import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { HOUR_MS, createBookableDate, createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { unwrap } from '@frontrow/tests/support/results.ts';
import type { Testbed } from '../harness/testbed.ts';
import { accessTokenOf, newUserIds } from './fan-credentials.ts';

export const PRICE = 100_000;
const SEATS = 50;
const JOINING_AT_ONCE = 100;

type UseCases = Pick<Testbed, 'application'>;

/** Adds a bookable date to a concert, at the benchmarks' price, and returns the date's id. */
export async function createBenchmarkDate(
  { application }: UseCases,
  concertId: string,
  seatCount = SEATS,
  startsInHours = 48,
): Promise<string> {
  const now = Date.now();
  const startsAt = now + startsInHours * HOUR_MS;
  const facts = { startsAt, seatCount, price: PRICE };
  return (await createBookableDate(application, concertId, now, facts)).id;
}

/** Creates a concert with one bookable date. No worker runs, so nobody is admitted from its waiting line. */
export async function createBenchmarkSale(testbed: UseCases): Promise<string> {
  const concertId = await createConcert(testbed.application);
  await createBenchmarkDate(testbed, concertId);
  return concertId;
}

/** A fan with an ACTIVE place, and the headers of its requests. */
export type Fan = {
  readonly userId: string;
  readonly token: string;
  readonly ticket: Ticket;
  readonly headers: { readonly Authorization: string; readonly 'Queue-Token': string };
};

/** New users who join and are admitted at once; throws if the admission window is too small. */
export async function admitFans(
  testbed: Pick<Testbed, 'application' | 'ports'>,
  concertId: string,
  count: number,
): Promise<readonly Fan[]> {
  const userIds = newUserIds(count);
  const fans: Fan[] = [];
  for (let from = 0; from < count; from += JOINING_AT_ONCE) {
    const batch = userIds.slice(from, from + JOINING_AT_ONCE);
    fans.push(...(await Promise.all(batch.map((userId) => admit(testbed, concertId, userId)))));
  }
  return fans;
}

async function admit(
  { application, ports }: Pick<Testbed, 'application' | 'ports'>,
  concertId: string,
  userId: string,
): Promise<Fan> {
  const { status, token = '' } = unwrap(await application.issueQueueToken({ concertId, userId })).status;
  const ticket = ports.tokenSigner.verify(token);
  if (status !== 'ACTIVE' || ticket === null) throw new Error(`${userId} was not admitted`);
  const headers = { Authorization: `Bearer ${accessTokenOf(userId)}`, 'Queue-Token': token };
  return { userId, token, ticket, headers };
}
