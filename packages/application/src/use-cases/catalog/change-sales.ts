import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { type Sales, checkSales, mayChangeSales } from '@frontrow/domain/catalog/sales.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import {
  type EventCancelled,
  type NotFound,
  type ValidationFailed,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { eventChanged } from '@frontrow/domain/webhooks/message.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';

type Changed<T> = Result<T, NotFound | ValidationFailed | EventCancelled>;
export type ChangeConcertSales = (command: {
  readonly concertId: ConcertId;
  readonly sales: Sales;
  readonly by: AdminRequest;
}) => Promise<Changed<Concert>>;
export type ChangeEventSales = (command: {
  readonly eventId: EventId;
  readonly sales: Sales;
  readonly by: AdminRequest;
}) => Promise<Changed<ConcertEvent>>;

type ChangeSalesPorts = Pick<Ports, 'transact' | 'ids' | 'clock' | 'cache' | 'roomRecords' | 'waitingRoom'>;

/** Stops or resumes the sales of every date of a concert. Holds and payments read it in their transactions. */
export function createChangeConcertSales(ports: ChangeSalesPorts): ChangeConcertSales {
  return async ({ concertId, sales, by }) => {
    const checked = checkSales(sales);
    if (!checked.ok) return checked;
    const changed = await ports.transact<Changed<Concert>>(
      async ({ concerts, outbox, auditLog }) => {
        const current = await concerts.lockConcert(concertId);
        if (current === null) return refuse(notFound('concert'));
        const concert = { ...current, sales, version: current.version + 1 };
        await concerts.saveConcert(concert);
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId }]);
        await auditLog.append({ by, target: `concert/${concertId}`, before: current, after: concert });
        return ok(concert);
      },
      { concertId },
    );
    if (changed.ok) await tryPublishConcert(ports, concertId);
    return changed;
  };
}

/** Stops or resumes the sales of one date. */
export function createChangeEventSales(ports: ChangeSalesPorts): ChangeEventSales {
  return async ({ eventId, sales, by }) => {
    const checked = checkSales(sales);
    if (!checked.ok) return checked;
    const changed = await ports.transact<Changed<ConcertEvent>>(
      async ({ concerts, outbox, auditLog }) => {
        const current = await concerts.lockEvent(eventId);
        if (current === null) return refuse(notFound('event'));
        const changeable = mayChangeSales(current.sales);
        if (!changeable.ok) return changeable;
        const event = { ...current, sales, version: current.version + 1 };
        await concerts.saveEvent(event);
        await outbox.append([
          { kind: 'CONCERT_CHANGED', concertId: event.concertId, eventId },
          ...webhookMessages(ports, eventChanged(current, event, ports.clock.now())),
        ]);
        await auditLog.append({ by, target: `event/${eventId}`, before: current, after: event });
        return ok(event);
      },
      { eventId },
    );
    if (changed.ok) await tryPublishConcert(ports, changed.value.concertId, eventId);
    return changed;
  };
}
