import { type ConcertEvent, scheduleEvent } from '@frontrow/domain/catalog/concert.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { TIME_ZONE_DEFAULT } from '@frontrow/domain/catalog/time-zone.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import {
  type ValidationFailed,
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type NotFound,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, refuse } from '@frontrow/domain/shared/result.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';

export type CreateEventCommand = Omit<
  ConcertEvent,
  'id' | 'refundUntil' | 'timeZone' | 'sales' | 'version'
> & {
  /** `TIME_ZONE_DEFAULT` unless it is given. */
  readonly timeZone?: string;
  /** Defaults to the end of the booking window. */
  readonly refundUntil: Instant | null;
  readonly request: IdempotentRequest | null;
  readonly by: AdminRequest;
};
export type CreateEvent = (
  command: CreateEventCommand,
) => Promise<
  Result<Answer<ConcertEvent>, NotFound | ValidationFailed | IdempotencyKeyReused | IdempotencyInProgress>
>;

const DUPLICATE: ValidationFailed = {
  code: 'VALIDATION_FAILED',
  errors: [
    {
      pointer: '/startsAt',
      detail: 'the concert has this date already: send an Idempotency-Key for another',
    },
  ],
};

type CreateEventPorts = Pick<Ports, 'transact' | 'clock' | 'ids' | 'cache' | 'roomRecords' | 'waitingRoom'>;

export function createCreateEvent(ports: CreateEventPorts): CreateEvent {
  return async ({ request, by, ...facts }) => {
    const event: ConcertEvent = {
      ...facts,
      id: ports.ids.next(),
      refundUntil: facts.refundUntil ?? facts.reservationEndAt,
      timeZone: facts.timeZone ?? TIME_ZONE_DEFAULT,
      sales: SALES_RUNNING,
      version: 1,
    };
    const created = await ports.transact(({ concerts, idempotency, outbox, auditLog }) =>
      idempotently<ConcertEvent, NotFound | ValidationFailed>(idempotency, request, async () => {
        if ((await concerts.lockPolicy(event.concertId)) === null) return refuse(notFound('concert'));
        const scheduled = scheduleEvent(event, ports.clock.now());
        if (!scheduled.ok) return scheduled;
        // With a key, a repeated request is a replay, and a second date is intended.
        if (request === null && (await concerts.hasEventAt(event))) return refuse(DUPLICATE);
        await concerts.addEvent(event);
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId: event.concertId, eventId: event.id }]);
        await auditLog.append({ by, target: `event/${event.id}`, before: null, after: event });
        return scheduled;
      }),
    );
    if (created.ok) await tryPublishConcert(ports, event.concertId, created.value.value.id);
    return created;
  };
}
