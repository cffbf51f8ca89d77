import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { GateCounts } from '../../ports/booking/gate-check-ins.ts';
import type { Ports } from '../../ports/ports.ts';

export type CountCheckIns = (eventId: EventId) => Promise<Result<GateCounts, NotFound>>;

export function createCountCheckIns({ gateCheckInReads }: Pick<Ports, 'gateCheckInReads'>): CountCheckIns {
  return async (eventId) => {
    const counts = await gateCheckInReads.count(eventId);
    return counts === null ? refuse(notFound('event')) : ok(counts);
  };
}
