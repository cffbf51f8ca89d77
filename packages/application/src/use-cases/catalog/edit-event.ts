import {
  type ConcertEvent,
  type EventChanges,
  type ExpectedVersions,
  editEvent,
} from '@frontrow/domain/catalog/concert.ts';
import { uniformSeats } from '@frontrow/domain/halls/new-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type {
  HasReservations,
  NotFound,
  PreconditionFailed,
  ValidationFailed,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { eventChanged } from '@frontrow/domain/webhooks/message.ts';
import { expectCurrent } from '../../catalog/expect-current.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';
import type { Ports } from '../../ports/ports.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';

type Target = { readonly eventId: EventId; readonly expected: ExpectedVersions; readonly by: AdminRequest };
type Edited = Result<ConcertEvent, NotFound | PreconditionFailed | ValidationFailed>;
type Removed = Result<ConcertEvent, NotFound | PreconditionFailed | HasReservations>;
export type EditEvent = (command: Target & { readonly changes: EventChanges }) => Promise<Edited>;
export type DeleteEvent = (command: Target) => Promise<Removed>;

type EditPorts = Pick<Ports, 'transact' | 'ids' | 'clock' | 'cache' | 'roomRecords' | 'waitingRoom'>;

/** Changes the named facts of the version that the caller has read. Live holds and sold seats keep their prices. */
export function createEditEvent(ports: EditPorts): EditEvent {
  return async ({ eventId, expected, changes, by }) => {
    const edited = await ports.transact<Edited>(
      async ({ concerts, outbox, auditLog }) => {
        const locked = expectCurrent(await concerts.lockEvent(eventId), 'event', expected);
        if (!locked.ok) return locked;
        const current = locked.value;
        const now = ports.clock.now();
        const decided = editEvent(current, changes, now);
        if (!decided.ok) return decided;
        const event = decided.value;
        await concerts.saveEvent(event);
        if (event.price !== current.price) await concerts.repriceSeats(event);
        if (event.seatCount > current.seatCount)
          await concerts.arrangeSeats(eventId, uniformSeats(event, current.seatCount));
        await outbox.append([
          { kind: 'CONCERT_CHANGED', concertId: event.concertId, eventId },
          ...webhookMessages(ports, eventChanged(current, event, now)),
        ]);
        await auditLog.append({ by, target: `event/${eventId}`, before: current, after: event });
        return ok(event);
      },
      { eventId },
    );
    if (edited.ok) await tryPublishConcert(ports, edited.value.concertId, eventId);
    return edited;
  };
}

/** Removes a date none of whose seats was ever held. */
export function createDeleteEvent(ports: EditPorts): DeleteEvent {
  return async ({ eventId, expected, by }) => {
    const removed = await ports.transact<Removed>(
      async ({ concerts, outbox, auditLog }) => {
        const locked = expectCurrent(await concerts.lockEvent(eventId), 'event', expected);
        if (!locked.ok) return locked;
        const current = locked.value;
        if (!(await concerts.removeEvent(current))) return refuse({ code: 'HAS_RESERVATIONS' });
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId: current.concertId, eventId }]);
        await auditLog.append({ by, target: `event/${eventId}`, before: current, after: null });
        return ok(current);
      },
      { eventId },
    );
    if (removed.ok) await tryPublishConcert(ports, removed.value.concertId, eventId);
    return removed;
  };
}
