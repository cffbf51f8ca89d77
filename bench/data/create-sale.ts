import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Testbed } from '../harness/testbed.ts';
import { accessTokenOf, newUserIds } from './fan-credentials.ts';

export const PRICE = 100_000;
const HOUR_MS = 3_600_000;
const SEATS = 50;
const JOINING_AT_ONCE = 100;

type UseCases = Pick<Testbed, 'application'>;

/** The value of a result; throws on a refusal. */
export function granted<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
}

/** Creates a concert without dates and returns its id. */
export async function createConcert({ application }: UseCases): Promise<string> {
  const facts = { title: 'Winter Light', artist: 'The Night Owls', description: '', request: null };
  return granted(await application.createConcert(facts)).value.id;
}

/** Adds a bookable date with AVAILABLE seats to a concert and returns the date's id. */
export async function createDateOnSale(
  { application }: UseCases,
  concertId: string,
  seatCount = SEATS,
  startsInHours = 48,
): Promise<string> {
  const now = Date.now();
  const event = await application.createEvent({
    concertId,
    venue: 'Olympic Hall',
    startsAt: now + startsInHours * HOUR_MS,
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + 24 * HOUR_MS,
    refundUntil: null,
    seatCount,
    price: PRICE,
    request: null,
  });
  return granted(event).value.id;
}

/** Creates a concert with one bookable date. No worker runs, so nobody is admitted from its waiting line. */
export async function createConcertOnSale(testbed: UseCases): Promise<string> {
  const concertId = await createConcert(testbed);
  await createDateOnSale(testbed, concertId);
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
  const { status, token = '' } = granted(await application.issueQueueToken({ concertId, userId })).status;
  const ticket = ports.tokenSigner.verify(token);
  if (status !== 'ACTIVE' || ticket === null) throw new Error(`${userId} was not admitted`);
  const headers = { Authorization: `Bearer ${accessTokenOf(userId)}`, 'Queue-Token': token };
  return { userId, token, ticket, headers };
}
