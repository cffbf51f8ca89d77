import type { CancellationProgress } from '@frontrow/domain/catalog/cancellation.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { eventCancelled } from '@frontrow/domain/webhooks/message.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';

export type CancelEventCommand = {
  readonly eventId: EventId;
  readonly reason: string;
  readonly by: AdminRequest;
};
export type CancelEvent = (command: CancelEventCommand) => Promise<Result<CancellationProgress, NotFound>>;

type CancelEventPorts = Pick<
  Ports,
  'transact' | 'ids' | 'clock' | 'cancellationReads' | 'cache' | 'roomRecords' | 'waitingRoom'
>;

/**
 * Cancels a date for good: nobody holds, extends or pays from the commit on, and the workers end its holds and refund its
 * reservations. A repeated cancellation changes nothing, and keeps the first reason.
 */
export function createCancelEvent(ports: CancelEventPorts): CancelEvent {
  return async ({ eventId, reason, by }) => {
    const cancelled = await ports.transact<Result<ConcertId, NotFound>>(
      async (unit) => {
        const current = await unit.concerts.lockEvent(eventId);
        if (current === null) return refuse(notFound('event'));
        const { concertId } = current;
        if (current.sales.state === 'CANCELLED') return ok(concertId);
        const sales = { state: 'CANCELLED', reason } as const;
        const event = { ...current, sales, version: current.version + 1 };
        await unit.concerts.saveEvent(event);
        await unit.cancellations.add({ eventId, actor: by.actor, reason });
        await unit.outbox.append([
          { kind: 'CONCERT_CHANGED', concertId, eventId },
          ...webhookMessages(ports, [eventCancelled(event, ports.clock.now())]),
        ]);
        await unit.auditLog.append({ by, target: `event/${eventId}`, before: current, after: event, reason });
        return ok(concertId);
      },
      { eventId },
    );
    if (!cancelled.ok) return cancelled;
    await tryPublishConcert(ports, cancelled.value, eventId);
    const progress = await ports.cancellationReads.find(eventId);
    invariant(progress !== null, `event ${eventId} is cancelled without a cancellation`);
    return ok(progress);
  };
}
