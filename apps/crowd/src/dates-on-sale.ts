import {
  answerOf,
  getRoomStatus,
  listConcerts,
  listEvents,
  openClient,
  sendUntilAnswered,
} from '@frontrow/client';
import type { DateOnSale } from './choose-date.ts';
import { Stop } from './options.ts';

type Client = ReturnType<typeof openClient>;

/** As many concerts as a visitor looks through. */
const CONCERTS_MAX = 100;

/** The dates on sale in waiting rooms that admit fans. Throws `Stop` where no frontrow server answers. */
export async function readDatesOnSale(serverUrl: string, send: typeof fetch): Promise<readonly DateOnSale[]> {
  const client = openClient({ baseUrl: serverUrl, accessToken: () => null, fetch: send });
  const listed = await answerOf(listConcerts({ client, query: { bookable: true, limit: CONCERTS_MAX } }));
  if (!listed.ok) throw new Stop(`no frontrow server answers at ${serverUrl}: start one with "npm start"`);
  const dates = await Promise.all(listed.data.items.map(({ id }) => readDatesOf(client, id)));
  return dates.flat();
}

async function readDatesOf(client: Client, concertId: string): Promise<readonly DateOnSale[]> {
  const path = { concertId };
  const [room, events] = await Promise.all([
    sendUntilAnswered(() => answerOf(getRoomStatus({ client, path }))),
    sendUntilAnswered(() => answerOf(listEvents({ client, path, query: { bookable: true, limit: 100 } }))),
  ]);
  if (!room.ok || !events.ok || room.data.room !== 'OPEN') return [];
  return events.data.items
    .filter(({ salesState }) => salesState === 'RUNNING')
    .map(({ id: eventId, availableCount }) => ({ concertId, eventId, availableCount: availableCount ?? 0 }));
}
