import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import { invalidateConcert } from './cached-catalog.ts';
import type { Ports } from '../ports/ports.ts';

type PublishPorts = Pick<Ports, 'cache' | 'roomRecords' | 'waitingRoom'>;

/** Carries what the database now says of a concert to the caches and to its waiting room. Idempotent. */
export async function publishConcert(
  { cache, roomRecords, waitingRoom }: PublishPorts,
  concertId: ConcertId,
  eventId?: EventId,
): Promise<void> {
  await invalidateConcert(cache, concertId, eventId);
  const record = await roomRecords.find(concertId);
  if (record !== null) await waitingRoom.configure(concertId, record.config);
}

/** The same at once, after a commit. Where Redis is away, the outbox does it later. */
export async function tryPublishConcert(
  ports: PublishPorts,
  concertId: ConcertId,
  eventId?: EventId,
): Promise<void> {
  try {
    await publishConcert(ports, concertId, eventId);
  } catch {
    // The relay publishes the concert from the outbox until Redis has taken it.
  }
}
