import { type ConcertEvent, scheduleEvent } from '@frontrow/domain/catalog/concert.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { TIME_ZONE_DEFAULT } from '@frontrow/domain/catalog/time-zone.ts';
import { checkLayout } from '@frontrow/domain/halls/check-layout.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { type NewSeat, lowestPrice, newSeats, uniformSeats } from '@frontrow/domain/halls/new-seats.ts';
import type { EventId, LayoutTemplateId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import {
  type ValidationFailed,
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type NotFound,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Layouts } from '../../ports/halls/layouts.ts';
import type { LayoutTemplateReads } from '../../ports/halls/layout-templates.ts';
import type { Ports } from '../../ports/ports.ts';
import { findTemplateLayout } from '../../halls/find-template-layout.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';

/** Where the seats of a date and their prices come from. */
export type Seating =
  | Pick<ConcertEvent, 'seatCount' | 'price'>
  | { readonly layout: Layout }
  | { readonly layoutTemplateId: LayoutTemplateId };
type DateFacts = Pick<
  ConcertEvent,
  'concertId' | 'venue' | 'startsAt' | 'reservationStartAt' | 'reservationEndAt'
>;

export type CreateEventCommand = DateFacts &
  Seating & {
    /** `TIME_ZONE_DEFAULT` unless it is given. */
    readonly timeZone?: string;
    /** Defaults to the end of the booking window. */
    readonly refundUntil: Instant | null;
    /** Null unless it is given: accessible seats are never released. */
    readonly accessibleReleaseAt?: Instant | null;
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

type CreateEventPorts = Pick<
  Ports,
  'transact' | 'clock' | 'ids' | 'layoutTemplateReads' | 'cache' | 'roomRecords' | 'waitingRoom'
>;

export function createCreateEvent(ports: CreateEventPorts): CreateEvent {
  return async (command) => {
    const { concertId, request, by } = command;
    const seated = await seat(ports.layoutTemplateReads, command);
    const id = ports.ids.nextIn(concertId);
    const created = await ports.transact(
      ({ concerts, layouts, idempotency, outbox, auditLog }) =>
        idempotently<ConcertEvent, NotFound | ValidationFailed>(idempotency, request, async () => {
          if ((await concerts.lockPolicy(concertId)) === null) return refuse(notFound('concert'));
          if (!seated.ok) return seated;
          const { layout, seats, ...counts } = seated.value;
          const event = { ...newEvent(id, command), ...counts };
          const scheduled = scheduleEvent(event, ports.clock.now());
          if (!scheduled.ok) return scheduled;
          // With a key, a repeated request is a replay, and a second date is intended.
          if (request === null && (await concerts.hasEventAt(event))) return refuse(DUPLICATE);
          await concerts.addEvent(event, seats);
          const layoutFacts = layout === null ? {} : await addLayout(layouts, event, layout);
          await outbox.append([{ kind: 'CONCERT_CHANGED', concertId, eventId: id }]);
          await auditLog.append({
            by,
            target: `event/${id}`,
            before: null,
            after: { ...event, ...layoutFacts, ...templateOf(command) },
          });
          return scheduled;
        }),
      { concertId },
    );
    if (created.ok) await tryPublishConcert(ports, concertId, created.value.value.id);
    return created;
  };
}

type SeatFacts = Pick<ConcertEvent, 'seatCount' | 'price' | 'layoutVersion'>;
type Seated = SeatFacts & {
  readonly layout: Layout | null;
  readonly seats: readonly NewSeat[];
};

function newEvent(id: EventId, command: CreateEventCommand): Omit<ConcertEvent, keyof SeatFacts> {
  const { concertId, venue, startsAt, reservationStartAt, reservationEndAt } = command;
  return {
    id,
    concertId,
    venue,
    startsAt,
    timeZone: command.timeZone ?? TIME_ZONE_DEFAULT,
    reservationStartAt,
    reservationEndAt,
    refundUntil: command.refundUntil ?? reservationEndAt,
    accessibleReleaseAt: command.accessibleReleaseAt ?? null,
    sales: SALES_RUNNING,
    version: 1,
  };
}

async function seat(
  layoutTemplateReads: LayoutTemplateReads,
  seating: Seating,
): Promise<Result<Seated, NotFound | ValidationFailed>> {
  if ('seatCount' in seating) {
    const { seatCount, price } = seating;
    return ok({ seatCount, price, layoutVersion: 0, layout: null, seats: uniformSeats(seating) });
  }
  const found =
    'layout' in seating
      ? checkLayout(seating.layout, '/layout')
      : await findTemplateLayout(layoutTemplateReads, seating.layoutTemplateId);
  if (!found.ok) return found;
  const layout = found.value;
  const seats = newSeats(layout);
  return ok({ seatCount: seats.length, price: lowestPrice(seats), layoutVersion: 1, layout, seats });
}

/** The template whose layout the date copies. */
function templateOf(seating: Seating): { readonly layoutTemplateId?: LayoutTemplateId } {
  return 'layoutTemplateId' in seating ? { layoutTemplateId: seating.layoutTemplateId } : {};
}

/** Returns the digest of the layout, which is too large for the audit log. */
async function addLayout(
  layouts: Layouts,
  { id: eventId, layoutVersion: version }: ConcertEvent,
  layout: Layout,
): Promise<{ readonly layoutDigest: string }> {
  return { layoutDigest: await layouts.add({ eventId, version }, layout) };
}
