import { checkLayout } from '@frontrow/domain/halls/check-layout.ts';
import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { countSeats } from '@frontrow/domain/halls/numbered-seats.ts';
import { type ListedSeat, layoutOfSeatList } from '@frontrow/domain/halls/seat-list.ts';
import type { EventId, LayoutTemplateId } from '@frontrow/domain/shared/ids.ts';
import {
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type NotFound,
  type ValidationFailed,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { FindEventLayout } from '../../halls/find-event-layout.ts';
import { findTemplateLayout } from '../../halls/find-template-layout.ts';
import { NAME_USED } from '../../halls/name-used.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';

/** A new layout, the lines of a CSV file, or the layout of a template or of a date, which is copied. */
export type LayoutSource =
  | { readonly layout: Layout }
  | { readonly seatList: readonly ListedSeat[] }
  | { readonly layoutTemplateId: LayoutTemplateId }
  | { readonly eventId: EventId };

export type CreateLayoutTemplateCommand = Pick<LayoutTemplate, 'name'> & {
  readonly source: LayoutSource;
  readonly request: IdempotentRequest | null;
  readonly by: AdminRequest;
};
export type CreateLayoutTemplate = (
  command: CreateLayoutTemplateCommand,
) => Promise<
  Result<Answer<LayoutTemplate>, NotFound | ValidationFailed | IdempotencyKeyReused | IdempotencyInProgress>
>;

type CreatePorts = Pick<Ports, 'transact' | 'clock' | 'ids' | 'catalog' | 'layoutTemplateReads'>;

/** `catalog` reads the database, not a cache: the present layout of a date is copied. */
export function createCreateLayoutTemplate(
  ports: CreatePorts,
  findEventLayout: FindEventLayout,
): CreateLayoutTemplate {
  return async ({ name, source, request, by }) => {
    const id = ports.ids.next();
    const found = await findSource(ports, findEventLayout, source);
    return ports.transact(
      ({ layoutTemplates, idempotency, auditLog }) =>
        idempotently<LayoutTemplate, NotFound | ValidationFailed>(idempotency, request, async () => {
          if (!found.ok) return found;
          const layout = found.value;
          const now = ports.clock.now();
          const seatCount = countSeats(layout);
          const template = { id, name, seatCount, version: 1, createdAt: now, updatedAt: now };
          const layoutDigest = await layoutTemplates.add(template, layout);
          if (layoutDigest === null) return refuse(NAME_USED);
          const after = { ...template, layoutDigest };
          await auditLog.append({ by, target: `layout-template/${id}`, before: null, after });
          return ok(template);
        }),
      'STAFF',
    );
  };
}

async function findSource(
  { catalog, layoutTemplateReads }: CreatePorts,
  findEventLayout: FindEventLayout,
  source: LayoutSource,
): Promise<Result<Layout, NotFound | ValidationFailed>> {
  if ('layout' in source) return checkLayout(source.layout, '/layout');
  if ('seatList' in source) return layoutOfSeatList(source.seatList, '/seatsCsv');
  if ('layoutTemplateId' in source) return findTemplateLayout(layoutTemplateReads, source.layoutTemplateId);
  const event = await catalog.findEvent(source.eventId);
  const layout = event === null ? null : await findEventLayout(event);
  return layout === null ? refuse(notFound('event')) : ok(layout);
}
