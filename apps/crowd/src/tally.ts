/** The part of its visit in which a bot is; a visit ends as paid or as gaveUp. */
export type Phase = 'coming' | 'waiting' | 'choosing' | 'holding' | 'paid' | 'gaveUp';

/** How many bots are in which phase. */
export type Counts = Readonly<Record<Phase, number>>;

/** Why a bot gave up. */
export type Reason =
  | 'LEFT_THE_LINE'
  | 'CLOSED_THE_TAB'
  | 'FOUND_NO_SEATS'
  | 'CANCELLED'
  | 'LET_LAPSE'
  | 'NOTHING_ON_SALE'
  | 'REFUSED'
  | 'STOPPED';

export type CrowdResult = {
  readonly counts: Counts;
  readonly gaveUp: Readonly<Partial<Record<Reason, number>>>;
  /** Of all payments, also of those that were refunded. */
  readonly seats: number;
  readonly amount: number;
  readonly refunds: number;
  readonly refundedSeats: number;
};

/** What the bots of a crowd have done so far. */
export type Tally = {
  enter(from: Phase, to: Phase): void;
  giveUp(from: Phase, reason: Reason): void;
  countPayment(seats: number, amount: number): void;
  countRefund(seats: number): void;
  readonly read: () => CrowdResult;
};

export function createTally(fans: number): Tally {
  const counts = { coming: fans, waiting: 0, choosing: 0, holding: 0, paid: 0, gaveUp: 0 };
  const gaveUp: Partial<Record<Reason, number>> = {};
  const totals = { seats: 0, amount: 0, refunds: 0, refundedSeats: 0 };

  function enter(from: Phase, to: Phase): void {
    counts[from] -= 1;
    counts[to] += 1;
  }

  return {
    enter,
    giveUp(from, reason) {
      enter(from, 'gaveUp');
      gaveUp[reason] = (gaveUp[reason] ?? 0) + 1;
    },
    countPayment(seats, amount) {
      totals.seats += seats;
      totals.amount += amount;
    },
    countRefund(seats) {
      totals.refunds += 1;
      totals.refundedSeats += seats;
    },
    read: () => ({ counts: { ...counts }, gaveUp: { ...gaveUp }, ...totals }),
  };
}
