import type { CancellationProgress } from '@frontrow/domain/catalog/cancellation.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetCancellation = (eventId: EventId) => Promise<Result<CancellationProgress, NotFound>>;

export function createGetCancellation({
  cancellationReads,
}: Pick<Ports, 'cancellationReads'>): GetCancellation {
  return async (eventId) => {
    const progress = await cancellationReads.find(eventId);
    return progress === null ? refuse(notFound('cancellation')) : ok(progress);
  };
}
