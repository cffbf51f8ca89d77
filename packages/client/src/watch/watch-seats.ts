import { type Answer, type ProblemIn, answerOf } from '../answer.ts';
import type { Client } from '../generated/client/index.ts';
import { listSeats } from '../generated/sdk.gen.ts';
import type {
  ListSeatsError,
  SeatStates,
  StreamSeatsData,
  StreamSeatsError,
  StreamSeatsErrors,
} from '../generated/types.gen.ts';
import { type SeatStatus, statusesOf } from '../seat-states.ts';
import type { ServerClock } from '../server-clock.ts';
import type { TicketStore } from '../ticket-store.ts';
import { guarded } from './call-back.ts';
import { whenChanged } from './connection.ts';
import { type FollowOptions, type Following, type Step, follow } from './follow.ts';
import { openEventStream } from './open-event-stream.ts';

/** What is true of the whole date. */
export type SeatFacts = Pick<SeatStates, 'asOf' | 'layoutVersion' | 'price' | 'salesState' | 'reason'>;
export type ChangedSeat = { readonly number: number; readonly status: SeatStatus };

export type SeatsChange =
  /** Every seat: that of seat n at index n - 1. It comes first, and again when the layout has changed. */
  | { readonly kind: 'snapshot'; readonly statuses: readonly SeatStatus[]; readonly facts: SeatFacts }
  /** The seats that have changed since; none where only the facts have. */
  | { readonly kind: 'changes'; readonly seats: readonly ChangedSeat[]; readonly facts: SeatFacts };

export type WatchSeatsOptions = FollowOptions & {
  readonly client: Client;
  readonly eventId: string;
  readonly concertId: string;
  readonly tickets: TicketStore;
  readonly clock?: ServerClock;
  readonly onSeats: (change: SeatsChange) => void;
};

type Problem = ProblemIn<ListSeatsError | StreamSeatsError>;
/** QUEUE_TOKEN_NOT_ACTIVE after the session, EVENT_NOT_BOOKABLE after the booking window, or another refusal. */
type Ended = { readonly kind: 'ENDED'; readonly code: Problem['code'] };
export type SeatsEnd = Ended | { readonly kind: 'ABORTED' };
type Changes = SeatFacts & { readonly seats: readonly (readonly [number, string])[] };

const STREAM: StreamSeatsData['url'] = '/v1/events/{eventId}/seats/stream';
const POLL_EVERY_MS = 4_000;
const POLL_SPREAD_MS = 2_000;

/** Watches the seats of a date while the session of the fan lasts: by a stream, and by polls where streams do not work. */
export function watchSeats(options: WatchSeatsOptions): Following<SeatsEnd> {
  const { client, eventId, concertId, tickets, clock, random = Math.random } = options;
  const onSeats = guarded(options.onSeats);
  let statuses: SeatStatus[] | null = null;
  let facts: SeatFacts | null = null;

  const next = (): Step<Ended> => ({ kind: 'NEXT', pollAfterMs: POLL_EVERY_MS + random() * POLL_SPREAD_MS });

  function takeState({ states, ...state }: SeatStates): Step<Ended> {
    clock?.learnFromAsOf(state.asOf);
    if (facts !== null && state.asOf < facts.asOf) return next();
    const now = statusesOf(states);
    const before = statuses;
    const isSameHall = facts?.layoutVersion === state.layoutVersion && before?.length === now.length;
    [statuses, facts] = [now, factsOf(state)];
    if (before !== null && isSameHall) onSeats({ kind: 'changes', seats: differences(before, now), facts });
    else onSeats({ kind: 'snapshot', statuses: [...now], facts });
    return next();
  }

  function takeChanges({ seats: ranges, ...changes }: Changes): Step<Ended> {
    if (statuses === null) throw new Error('changes of seats without a state');
    clock?.learnFromAsOf(changes.asOf);
    const isSameLayout = facts?.layoutVersion === changes.layoutVersion;
    facts = factsOf(changes);
    const seats = ranges.flatMap(([first, letters]) =>
      statusesOf(letters).map((status, index) => ({ number: first + index, status })),
    );
    const count = statuses.length;
    for (const { number, status } of seats) statuses[number - 1] = status;
    if (isSameLayout && statuses.length === count) onSeats({ kind: 'changes', seats, facts });
    else onSeats({ kind: 'snapshot', statuses: [...statuses], facts });
    return next();
  }

  const headers = () => ({ 'Queue-Token': tickets.read(concertId) ?? '' });

  const following = follow<Ended, Problem>(
    {
      pollsForgetEvents: true,
      openStream: (lastEventId, signal): Promise<Answer<unknown, Problem>> =>
        openEventStream<StreamSeatsErrors>(client, {
          url: STREAM,
          path: { eventId },
          headers: headers(),
          asUser: true,
          lastEventId,
          signal,
        }),
      onEvent({ name, data }) {
        if (name === 'unavailable') return { kind: 'UNAVAILABLE' };
        const value: unknown = JSON.parse(data);
        if (name === 'end')
          return { kind: 'END', end: { kind: 'ENDED', code: (value as Pick<Ended, 'code'>).code } };
        return name === 'state' ? takeState(value as SeatStates) : takeChanges(value as Changes);
      },
      async poll(signal) {
        const query = { format: 'compact' } as const;
        const answer = await answerOf(
          listSeats({ client, path: { eventId }, query, headers: headers(), signal }),
        );
        return answer.ok ? takeState(answer.data as SeatStates) : answer;
      },
    },
    { ...options, onConnection: whenChanged(options.onConnection) },
  );
  const ended = following.ended.then((end): SeatsEnd =>
    end.kind === 'REFUSED' ? { kind: 'ENDED', code: end.problem.code } : end,
  );
  return { ...following, ended };
}

function factsOf({ asOf, layoutVersion, price, salesState, reason }: SeatFacts): SeatFacts {
  return { asOf, layoutVersion, price, salesState, reason };
}

function differences(before: readonly SeatStatus[], now: readonly SeatStatus[]): ChangedSeat[] {
  return now.flatMap((status, index) => (status === before[index] ? [] : [{ number: index + 1, status }]));
}
