import type { SeatChoice } from '@frontrow/client';
import type { CommonCode } from '../../problems/common-problems.ts';
import type { HoldMessages } from './messages.ts';
import type { HoldProblem } from './send-hold.ts';

/** What a fan can do after a refusal. */
export type Remedy =
  | { readonly kind: 'hold'; readonly text: string; readonly choice: SeatChoice }
  | {
      readonly kind: 'choose';
      readonly text: string;
      readonly numbers: readonly number[];
      readonly needsAccessible?: true;
    }
  | { readonly kind: 'go'; readonly text: string; readonly href: string };

export type Explanation = {
  readonly title: string;
  readonly texts: readonly string[];
  readonly remedies: readonly Remedy[];
};

export type RefusalContext = {
  readonly texts: HoldMessages;
  readonly common: Readonly<Record<CommonCode, string>>;
  readonly concertId: string;
  readonly chosen: readonly number[];
  readonly nameSeats: (numbers: readonly number[]) => string;
  readonly formatInstant: (instant: string) => string;
  readonly formatNumber: (count: number) => string;
};

/** Explains why seats could not be held, and what helps. */
export function describeRefusal(
  problem: HoldProblem,
  request: SeatChoice,
  context: RefusalContext,
): Explanation {
  const { texts, chosen, nameSeats, formatInstant, concertId } = context;
  const without = (numbers: readonly number[]) => chosen.filter((number) => !numbers.includes(number));
  switch (problem.code) {
    case 'SEAT_UNAVAILABLE':
      return explain(texts.lost(nameSeats(problem.unavailableSeats)), [texts.unavailableText]);
    case 'TOO_MANY_SEATS':
      return explain(texts.tooMany(problem.maxSeatsPerReservation), [texts.tooManyText]);
    case 'SEAT_LIMIT_EXCEEDED': {
      const { seatsPerUserMax, seatsBought } = problem;
      const left = Math.max(0, seatsPerUserMax - seatsBought);
      return explain(texts.limit(seatsPerUserMax), [texts.limitText(seatsBought, left)]);
    }
    case 'HOLD_LIMIT_EXCEEDED':
      return explain(
        texts.liveHold,
        [texts.liveHoldText],
        [{ kind: 'go', text: texts.toReservation, href: `/reservations/${problem.reservationId}` }],
      );
    case 'HOLDS_COOLING_DOWN':
      return explain(texts.coolingDown, [texts.coolingDownText(formatInstant(problem.coolsDownAt))]);
    case 'ORPHAN_SEATS': {
      const { orphanSeats, alternativeSeats } = problem;
      return explain(
        texts.orphans(nameSeats(orphanSeats)),
        [texts.orphansText],
        [
          { kind: 'choose', text: texts.takeOrphans, numbers: [...new Set([...chosen, ...orphanSeats])] },
          ...alternative(texts.takeAlternative(nameSeats(alternativeSeats)), alternativeSeats),
        ],
      );
    }
    case 'ACCESSIBLE_SEATS_ONLY': {
      const { accessibleSeats, accessibleReleaseAt } = problem;
      const release =
        accessibleReleaseAt === null ? [] : [texts.accessibleReleaseText(formatInstant(accessibleReleaseAt))];
      return explain(
        texts.accessibleOnly,
        [texts.accessibleOnlyText(nameSeats(accessibleSeats)), ...release],
        [
          { kind: 'choose', text: texts.needAccessible, numbers: chosen, needsAccessible: true },
          { kind: 'choose', text: texts.dropThem, numbers: without(accessibleSeats) },
        ],
      );
    }
    case 'COMPANION_SEATS_EXCEEDED':
      return explain(
        texts.companions(problem.companionSeatsMax),
        [texts.companionsText],
        [{ kind: 'choose', text: texts.dropThem, numbers: without(problem.companionSeats) }],
      );
    case 'NO_MATCHING_SEATS':
      return describeNoMatch(problem, request, context);
    case 'EVENT_NOT_BOOKABLE': {
      const { reservationStartAt, reservationEndAt } = problem;
      const window = texts.notBookableText(
        formatInstant(reservationStartAt),
        formatInstant(reservationEndAt),
      );
      return explain(texts.notBookable, [window]);
    }
    case 'SALES_STOPPED':
      return explain(texts.stopped, [
        ...(problem.reason === null ? [] : [problem.reason]),
        texts.stoppedText,
      ]);
    case 'EVENT_CANCELLED':
      return explain(texts.cancelled, problem.reason === null ? [] : [problem.reason]);
    case 'QUEUE_TOKEN_NOT_ACTIVE':
    case 'QUEUE_TOKEN_REQUIRED':
    case 'QUEUE_TOKEN_INVALID':
      return explain(
        texts.noSession,
        [texts.noSessionText],
        [{ kind: 'go', text: texts.toRoom, href: `/concerts/${concertId}/room` }],
      );
    case 'VALIDATION_FAILED':
    case 'IDEMPOTENCY_KEY_REQUIRED':
    case 'IDEMPOTENCY_KEY_REUSED':
    case 'IDEMPOTENCY_IN_PROGRESS':
    case 'PAYLOAD_TOO_LARGE':
    case 'UNSUPPORTED_MEDIA_TYPE':
    case 'UNAUTHENTICATED':
    case 'NOT_FOUND':
    case 'RATE_LIMITED':
    case 'INTERNAL':
    case 'UNAVAILABLE':
    case 'UNREACHABLE':
      break;
  }
  return explain(texts.failed, [context.common[problem.code]]);
}

type NoMatch = Extract<HoldProblem, { code: 'NO_MATCHING_SEATS' }>;

function describeNoMatch(
  problem: NoMatch,
  request: SeatChoice,
  { texts, formatNumber }: RefusalContext,
): Explanation {
  const { togetherMax, availableCount } = problem;
  const wanted = request.bestAvailable;
  if (availableCount === 0 || wanted === undefined)
    return explain(texts.noMatchAtAll, [texts.noMatchAtAllText]);
  const { eventId } = request;
  const { count, accessible, together } = wanted;
  const isFiltered = wanted.category !== undefined || wanted.section !== undefined;
  const anywhere = { count, ...(accessible === undefined ? {} : { accessible }) };
  const remedies = [
    ...(togetherMax > 0
      ? [again(texts.tryFewer(togetherMax), eventId, { ...wanted, count: togetherMax })]
      : []),
    ...(togetherMax > 0 && together !== 'near'
      ? [again(texts.tryNear, eventId, { ...wanted, together: 'near' as const })]
      : []),
    ...(isFiltered ? [again(texts.tryAnywhere, eventId, anywhere)] : []),
  ];
  const left = formatNumber(availableCount);
  const text = remedies.length > 0 ? texts.noMatchText(left) : texts.noMatchOther(left);
  return explain(texts.noMatch, [text], remedies);
}

function again(
  text: string,
  eventId: string,
  bestAvailable: NonNullable<SeatChoice['bestAvailable']>,
): Remedy {
  return { kind: 'hold', text, choice: { eventId, bestAvailable } };
}

function alternative(text: string, numbers: readonly number[]): readonly Remedy[] {
  return numbers.length === 0 ? [] : [{ kind: 'choose', text, numbers }];
}

function explain(title: string, texts: readonly string[], remedies: readonly Remedy[] = []): Explanation {
  return { title, texts, remedies };
}
