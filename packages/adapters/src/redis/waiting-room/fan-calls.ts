import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { createCoalescedReads } from '@frontrow/application/shared/coalesced-reads.ts';
import type { Room } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { OpenRooms } from './open-rooms.ts';
import { type PlaceReply, roomIn } from './room-replies.ts';
import type { RunInRoom } from './room-runner.ts';
import type { ScriptArgument } from './room-scripts.ts';

/** A call for one fan of a room. */
export type FanCall<Fan, Outcome> = (concertId: ConcertId, fan: Fan) => Promise<Outcome>;

type Waiting<Fan, Outcome> = {
  readonly fan: Fan;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
};

/** Each fan takes Redis a few µs, and every other command waits for the whole call. */
const FANS_MAX = 100;

/**
 * The fans of a room that arrive while a call is under way share the next call, in the order of their arrival, because
 * most of the cost of a call is its round trip. A fan who arrives alone does not wait.
 *
 * `callAll` answers the fans in their order, and is idempotent: when a call for several fans fails although its stores
 * are available, each of them is called alone, so that no fan gets the error of another.
 */
export function createFanCalls<Fan, Outcome>(
  callAll: (concertId: ConcertId, fans: readonly Fan[]) => Promise<readonly Outcome[]>,
): FanCall<Fan, Outcome> {
  type Entry = Waiting<Fan, Outcome>;

  async function call(concertId: ConcertId, entries: readonly Entry[]): Promise<void> {
    try {
      const outcomes = await callAll(
        concertId,
        entries.map(({ fan }) => fan),
      );
      for (const [index, { resolve }] of entries.entries()) resolve(outcomes[index]!);
    } catch (error) {
      if (entries.length > 1 && !(error instanceof Unavailable))
        for (const entry of entries) await call(concertId, [entry]);
      else for (const { reject } of entries) reject(error);
    }
  }

  const callTogether = createCoalescedReads<Entry, void>(call, { requestsPerReadMax: FANS_MAX });
  return (concertId, fan) =>
    new Promise((resolve, reject) => void callTogether(concertId, { fan, resolve, reject }));
}

export type FanReply = { readonly room: Room; readonly asOf: Instant; readonly place: PlaceReply };

/** Calls a script that answers with places. Null for an unknown concert. */
export function createFanScript<Fan>(
  script: 'join' | 'check-in' | 'restore',
  argumentsOf: (fan: Fan) => readonly ScriptArgument[],
  { inRoom, rooms }: { readonly inRoom: RunInRoom; readonly rooms: Pick<OpenRooms, 'configOf'> },
): FanCall<Fan, FanReply | null> {
  return createFanCalls(async (concertId, fans) => {
    const reply = await inRoom(script, concertId, fans.flatMap(argumentsOf));
    if (reply === null) return fans.map(() => null);
    const { room, asOf } = roomIn(reply, await rooms.configOf(concertId, reply.version));
    return reply.places.map((place) => ({ room, asOf, place }));
  });
}
