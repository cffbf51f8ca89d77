import type { QueueEnd } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { keyOf } from './table.ts';
import type { Tables } from './tables.ts';

/** The ends of the given places that have ended. */
export function endsOf(tables: Tables, places: readonly Place[]): readonly QueueEnd[] {
  return places.flatMap((place) => {
    const reason = tables.queueEnds.get(placeKey(place))?.reason;
    return reason === undefined ? [] : [{ ...place, reason }];
  });
}

export function placeKey({ concertId, userId, sequence }: Place): string {
  return keyOf(concertId, userId, sequence);
}
