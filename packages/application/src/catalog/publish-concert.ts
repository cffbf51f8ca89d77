import { DELETED_ROOM_CONFIG } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import { invalidateConcert } from './cached-catalog.ts';
import type { Ports } from '../ports/ports.ts';

type PublishPorts = Pick<Ports, 'cache' | 'roomRecords' | 'waitingRoom'>;

/** Updates the caches and the waiting room from the concert in the database. Idempotent. */
export async function publishConcert(
  { cache, roomRecords, waitingRoom }: PublishPorts,
  concertId: ConcertId,
  eventId?: EventId,
): Promise<void> {
  await invalidateConcert(cache, concertId, eventId);
  const record = await roomRecords.find(concertId);
  await waitingRoom.configure(concertId, record === null ? DELETED_ROOM_CONFIG : record.config);
}

/** Publishes a concert right after a commit. While Redis is unavailable, the relay publishes it later. */
export async function tryPublishConcert(
  ports: PublishPorts,
  concertId: ConcertId,
  eventId?: EventId,
): Promise<void> {
  try {
    await publishConcert(ports, concertId, eventId);
  } catch {
    // The relay retries from the outbox until it succeeds.
  }
}
