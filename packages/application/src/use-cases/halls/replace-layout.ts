import type { ConcertEvent, ExpectedVersions } from '@frontrow/domain/catalog/concert.ts';
import { changeLayout } from '@frontrow/domain/halls/change-layout.ts';
import { checkLayout } from '@frontrow/domain/halls/check-layout.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { lowestPrice } from '@frontrow/domain/halls/new-seats.ts';
import { repriceCategory } from '@frontrow/domain/halls/reprice-category.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import {
  type NotFound,
  type PreconditionFailed,
  type ValidationFailed,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { eventChanged } from '@frontrow/domain/webhooks/message.ts';
import { expectCurrent } from '../../catalog/expect-current.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';
import type { FindEventLayout } from '../../halls/find-event-layout.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';

type Target = { readonly eventId: EventId; readonly expected: ExpectedVersions; readonly by: AdminRequest };
type Changed = Result<ConcertEvent, NotFound | PreconditionFailed | ValidationFailed>;
export type ReplaceLayout = (command: Target & { readonly layout: Layout }) => Promise<Changed>;
export type RepriceCategory = (
  command: Target & { readonly key: string; readonly price: Money },
) => Promise<Changed>;

type ChangePorts = Pick<Ports, 'transact' | 'ids' | 'clock' | 'cache' | 'roomRecords' | 'waitingRoom'>;

/** Gives a date the next version of its layout, or its first one. Held and sold seats keep their places and prices. */
export function createReplaceLayout(ports: ChangePorts, findLayout: FindEventLayout): ReplaceLayout {
  return ({ layout, ...target }) => {
    const checked = checkLayout(layout);
    return writeNextLayout(ports, findLayout, target, () => checked);
  };
}

/** Gives the seats of a category another price; those that are held or sold only once they are available again. */
export function createRepriceCategory(ports: ChangePorts, findLayout: FindEventLayout): RepriceCategory {
  return ({ key, price, ...target }) =>
    writeNextLayout(ports, findLayout, target, (current, { layoutVersion }) => {
      const layout = layoutVersion === 0 ? null : repriceCategory(current, key, price);
      return layout === null ? refuse(notFound('category')) : ok(layout);
    });
}

async function writeNextLayout(
  ports: ChangePorts,
  findLayout: FindEventLayout,
  { eventId, expected, by }: Target,
  nextOf: (current: Layout, event: ConcertEvent) => Result<Layout, NotFound | ValidationFailed>,
): Promise<Changed> {
  const changed = await ports.transact<Changed>(
    async (unit) => {
      const { concerts, seats, layouts, blockedSeats, outbox, auditLog } = unit;
      const locked = expectCurrent(await concerts.lockEvent(eventId), 'event', expected);
      if (!locked.ok) return locked;
      const current = locked.value;
      const layout = await findLayout(current, layouts);
      invariant(layout !== null, `event ${eventId} has no layout ${current.layoutVersion}`);
      const next = nextOf(layout, current);
      if (!next.ok) return next;
      const decided = changeLayout(layout, next.value, await seats.lockTaken(eventId));
      if (!decided.ok) return decided;
      const { seats: arranged, blocks } = decided.value;
      const version = current.layoutVersion + 1;
      const event: ConcertEvent = {
        ...current,
        seatCount: arranged.length,
        price: lowestPrice(arranged),
        layoutVersion: version,
        version: current.version + 1,
      };
      await concerts.saveEvent(event);
      await concerts.arrangeSeats(eventId, arranged);
      const blocked = await blockedSeats.block(eventId, blocks.blocked);
      invariant(blocked.ok, `a seat of event ${eventId} was taken while it was locked`);
      await blockedSeats.release(eventId, blocks.released);
      const layoutDigest = await layouts.add({ eventId, version }, next.value);
      await outbox.append([
        { kind: 'CONCERT_CHANGED', concertId: event.concertId, eventId },
        ...webhookMessages(ports, eventChanged(current, event, ports.clock.now())),
      ]);
      await auditLog.append({
        by,
        target: `event/${eventId}`,
        before: current,
        after: { ...event, layoutDigest },
      });
      return ok(event);
    },
    { eventId },
  );
  if (changed.ok) await tryPublishConcert(ports, changed.value.concertId, eventId);
  return changed;
}
