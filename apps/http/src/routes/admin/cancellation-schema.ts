import type { CancellationProgress } from '@frontrow/domain/catalog/cancellation.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { count, formatNullable, id, instant, reason } from '../shared/fields.ts';

const REASON = 'The singer is ill. You get your money back.';

export const newCancellation = z
  .strictObject({ reason: reason.meta({ description: 'What fans read' }) })
  .meta({ id: 'NewCancellation', examples: [{ reason: REASON }] });

export const cancellation = z
  .object({
    eventId: id,
    reason: z.string(),
    cancelledAt: instant,
    total: count.meta({ description: 'Reservations that were or will be refunded' }),
    refunded: count,
    remaining: count,
    finishedAt: instant.nullable().meta({
      description: 'At least a minute after the cancellation: a payment may have begun before it',
    }),
  })
  .meta({
    id: 'Cancellation',
    examples: [
      {
        eventId: EXAMPLE.eventId,
        reason: REASON,
        cancelledAt: '2026-12-10T09:00:00.000Z',
        total: 48_210,
        refunded: 12_400,
        remaining: 35_810,
        finishedAt: null,
      },
    ],
  });

export function presentCancellation(of: CancellationProgress): z.output<typeof cancellation> {
  const { eventId, refunded, remaining } = of;
  return {
    eventId,
    reason: of.reason,
    cancelledAt: formatInstant(of.cancelledAt),
    total: refunded + remaining,
    refunded,
    remaining,
    finishedAt: formatNullable(of.finishedAt),
  };
}
