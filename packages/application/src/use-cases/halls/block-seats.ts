import { mayChangeSales } from '@frontrow/domain/catalog/sales.ts';
import { type BlockedRange, blockedRanges } from '@frontrow/domain/halls/blocked-ranges.ts';
import { type SeatSelection, selectSeats } from '@frontrow/domain/halls/seat-selection.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import {
  type EventCancelled,
  type NotFound,
  type SeatUnavailable,
  type ValidationFailed,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type FindEventLayout, numberedSeatsOf } from '../../halls/find-event-layout.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { type Answer, type ReplayRefusal, idempotently } from '../../shared/idempotently.ts';

export type BlockSeatsCommand = {
  readonly eventId: EventId;
  readonly selection: SeatSelection;
  /** Why, for staff. A release stores it in the audit log alone. */
  readonly reason: string;
  readonly request: IdempotentRequest | null;
  readonly by: AdminRequest;
};
/** What an act has blocked or released. */
export type ChangedBlocks = { readonly eventId: EventId; readonly ranges: readonly BlockedRange[] };

type SelectRefusal = NotFound | EventCancelled | ValidationFailed;
export type BlockSeats = (
  command: BlockSeatsCommand,
) => Promise<Result<Answer<ChangedBlocks>, SelectRefusal | SeatUnavailable | ReplayRefusal>>;
export type ReleaseBlockedSeats = (
  command: BlockSeatsCommand,
) => Promise<Result<Answer<ChangedBlocks>, SelectRefusal | ReplayRefusal>>;

/** Staff keep seats back from sale: all of the selected ones or none. The next count tells the waiting room. */
export function createBlockSeats(
  { transact }: Pick<Ports, 'transact'>,
  findLayout: FindEventLayout,
): BlockSeats {
  return (command) =>
    transact(
      (unit) =>
        idempotently<ChangedBlocks, SelectRefusal | SeatUnavailable>(
          unit.idempotency,
          command.request,
          async () => {
            const selected = await selectForChange(unit, findLayout, command);
            if (!selected.ok) return selected;
            const { eventId, reason } = command;
            const seats = selected.value.map((number) => ({ number, reason }));
            const blocked = await unit.blockedSeats.block(eventId, seats);
            if (!blocked.ok) return blocked;
            const before = blockedRanges(blocked.value);
            const after = blockedRanges(seats);
            await record(unit, command, { before, after });
            return ok({ eventId, ranges: after });
          },
        ),
      { eventId: command.eventId },
    );
}

/** Staff return blocked seats to sale: those of the selected ones that are blocked, whatever the others are. */
export function createReleaseBlockedSeats(
  { transact }: Pick<Ports, 'transact'>,
  findLayout: FindEventLayout,
): ReleaseBlockedSeats {
  return (command) =>
    transact(
      (unit) =>
        idempotently<ChangedBlocks, SelectRefusal>(unit.idempotency, command.request, async () => {
          const selected = await selectForChange(unit, findLayout, command);
          if (!selected.ok) return selected;
          const { eventId } = command;
          const released = await unit.blockedSeats.release(eventId, selected.value);
          const ranges = blockedRanges(released);
          await record(unit, command, { before: ranges, after: [] });
          return ok({ eventId, ranges });
        }),
      { eventId: command.eventId },
    );
}

/** Locks the date, which a new version of its layout and its cancellation lock before the seats as well. */
async function selectForChange(
  { concerts, layouts }: UnitOfWork,
  findLayout: FindEventLayout,
  { eventId, selection }: BlockSeatsCommand,
): Promise<Result<readonly number[], SelectRefusal>> {
  const event = await concerts.lockEvent(eventId);
  if (event === null) return refuse(notFound('event'));
  const changeable = mayChangeSales(event.sales);
  if (!changeable.ok) return changeable;
  const layout = await findLayout(event, layouts);
  invariant(layout !== null, `event ${eventId} has no layout ${event.layoutVersion}`);
  return selectSeats(selection, numberedSeatsOf(layout));
}

/** `before` and `after` are of the seats that change. */
async function record(
  { auditLog }: UnitOfWork,
  { eventId, reason, by }: BlockSeatsCommand,
  { before, after }: { before: readonly BlockedRange[]; after: readonly BlockedRange[] },
): Promise<void> {
  await auditLog.append({
    by,
    target: `event/${eventId}`,
    before: { blockedSeats: before },
    after: { blockedSeats: after },
    reason,
  });
}
