import type { Room, RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { InvariantViolation } from '@frontrow/domain/shared/invariant.ts';
import type { WaitHistogram } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import type { EndReason, Place, QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';

type Reply = readonly (string | number)[];

/** How many members of a reply tell where the room stands; the place follows. lua/prelude.lua writes them. */
export const ROOM_FIELDS = 6;

/** The first members of a reply. */
export function readRoom(reply: Reply, config: RoomConfig): { room: Room; asOf: Instant } {
  const [now, , openedAt, used, soldOut, restoringUntil] = reply;
  return {
    asOf: Number(now),
    room: {
      config,
      window: openedAt === '' ? null : { openedAt: Number(openedAt), used: Number(used) },
      soldOut: soldOut === '1',
      restoringUntil: restoringUntil === '' ? null : Number(restoringUntil),
    },
  };
}

/** The rest of a standing, after what `readRoom` reads. Null for a place that the room has no memory of. */
export function readToken(
  fields: Reply,
  place: Pick<Place, 'concertId' | 'userId'>,
): { created: boolean; token: QueueToken | null; sequence: number; issuedAt: Instant } {
  const [created, status, sequenceText, issued, position, parked, sessionEnds] = fields;
  const sequence = Number(sequenceText);
  const issuedAt = Number(issued);
  const { concertId, userId } = place;
  const facts = { concertId, userId, sequence, issuedAt };
  const answer = (token: QueueToken | null) => ({
    created: Number(created) === 1,
    token,
    sequence,
    issuedAt,
  });
  switch (String(status)) {
    case 'WAITING':
      return answer({
        ...facts,
        status: 'WAITING',
        position: Number(position),
        parked: Number(parked) === 1,
      });
    case 'ACTIVE':
      return answer({ ...facts, status: 'ACTIVE', sessionExpiresAt: Number(sessionEnds) });
    case 'COMPLETED':
    case 'LEFT':
    case 'EXPIRED':
      return answer({ ...facts, status: status as EndReason });
    case 'UNKNOWN':
      return answer(null);
    default:
      throw new InvariantViolation(`a waiting-room script answered the status ${String(status)}`);
  }
}

/** Bucket, count, … as counts.lua writes them. */
export function readHistogram(reply: Reply): WaitHistogram {
  const pairs = reply.flatMap((bucket, index) =>
    index % 2 === 0 ? [[Number(bucket), Number(reply[index + 1])] as const] : [],
  );
  return new Map(pairs);
}

/** The configuration as the scripts read it: every field a string, an absent cap empty. */
export function configFields({ admission, windows }: RoomConfig): string[] {
  const fields = {
    ...admission,
    windows: windows.map((window) => `${window.reservationStartAt}-${window.reservationEndAt}`).join(';'),
  };
  return Object.entries(fields).flatMap(([field, value]) => [field, value === null ? '' : String(value)]);
}
