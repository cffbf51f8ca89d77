import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { World } from '../harness/world.ts';
import { accessTokenOf, newUserIds } from '../waiting-room/crowd.ts';

export const PRICE = 100_000;
const HOUR_MS = 3_600_000;
const SEATS = 50;
const JOINING_AT_ONCE = 100;

type Application = Pick<World, 'application'>;

export function granted<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
}

/** A concert without a date; answers its id. */
export async function addConcert({ application }: Application): Promise<string> {
  const facts = { title: 'Winter Light', artist: 'The Night Owls', description: '', request: null };
  return granted(await application.createConcert(facts)).value.id;
}

/** One more date of the concert that sells now, all of whose seats are free; answers its id. */
export async function openDate(
  { application }: Application,
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

/** A concert that sells now, whose room nobody is let into unless the benchmark says so: no worker runs. */
export async function openConcert(world: Application): Promise<string> {
  const concertId = await addConcert(world);
  await openDate(world, concertId);
  return concertId;
}

/** Somebody inside, with what each request shows. */
export type Fan = {
  readonly userId: string;
  readonly token: string;
  readonly ticket: Ticket;
  readonly headers: { readonly Authorization: string; readonly 'Queue-Token': string };
};

/** Lets new users join a hall whose window takes them all in at once. */
export async function admitFans(
  world: Pick<World, 'application' | 'ports'>,
  concertId: string,
  count: number,
): Promise<readonly Fan[]> {
  const userIds = newUserIds(count);
  const fans: Fan[] = [];
  for (let from = 0; from < count; from += JOINING_AT_ONCE) {
    const some = userIds.slice(from, from + JOINING_AT_ONCE);
    fans.push(...(await Promise.all(some.map((userId) => admit(world, concertId, userId)))));
  }
  return fans;
}

async function admit(
  { application, ports }: Pick<World, 'application' | 'ports'>,
  concertId: string,
  userId: string,
): Promise<Fan> {
  const { status, token = '' } = granted(await application.issueQueueToken({ concertId, userId })).status;
  const ticket = ports.tokenSigner.verify(token);
  if (status !== 'ACTIVE' || ticket === null) throw new Error(`${userId} was not let in`);
  const headers = { Authorization: `Bearer ${accessTokenOf(userId)}`, 'Queue-Token': token };
  return { userId, token, ticket, headers };
}
