import type { Behaviour } from './behaviour.ts';
import { type DateOnSale, chooseDate } from './choose-date.ts';
import { chooseSeats } from './choose-seats.ts';
import type { FanSession, SeatChoice } from './fan-session.ts';
import type { Pace } from './pace.ts';
import type { Random } from './random.ts';
import type { Phase, Reason, Tally } from './tally.ts';

type Bot = {
  readonly behaviour: Behaviour;
  readonly random: Random;
  readonly session: FanSession;
  readonly pace: Pace;
  readonly datesOnSale: () => Promise<readonly DateOnSale[]>;
  readonly enter: (phase: Phase) => void;
  readonly tally: Pick<Tally, 'countPayment' | 'countRefund'>;
};

type Hold = { readonly id: string; readonly seatNumbers: readonly number[]; readonly totalAmount: number };

/** A second look is shorter than the first. */
const LOOKS_AGAIN = 0.4;
/** How many concerts a bot tries to join. */
const CONCERTS_MAX = 3;
const POLL_DEFAULT_MS = 5_000;

/** Returns why the bot gave up, or null after a payment. Rejects once the crowd stops. */
export async function visit(bot: Bot): Promise<Reason | null> {
  const { behaviour, session, pace, enter } = bot;
  await pace.pause(behaviour.arrivesAfterMs);
  if (!(await session.signIn()).ok) return 'REFUSED';
  const date = await joinRoom(bot);
  if (date === null) return 'NOTHING_ON_SALE';
  enter('waiting');
  const end = await waitForAdmission(bot, date);
  if (end !== null) return end;
  enter('choosing');
  const hold = await holdSeats(bot, date);
  if (hold === null) return 'FOUND_NO_SEATS';
  enter('holding');
  return decide(bot, hold);
}

/** Tries another concert where the first asks for a sale code or has just closed. */
async function joinRoom({ random, session, datesOnSale }: Bot): Promise<DateOnSale | null> {
  const refused = new Set<string>();
  while (refused.size < CONCERTS_MAX) {
    const dates = (await datesOnSale()).filter(({ concertId }) => !refused.has(concertId));
    const date = chooseDate(random, dates);
    if (date === null) return null;
    if ((await session.join(date.concertId)).ok) return date;
    refused.add(date.concertId);
  }
  return null;
}

/** Returns why the bot waits no longer, or null once it is admitted. */
async function waitForAdmission(
  { behaviour, session, pace }: Bot,
  { concertId }: DateOnSale,
): Promise<Reason | null> {
  const { waitsMaxMs, endsWaitBy } = behaviour;
  const since = pace.now();
  for (;;) {
    const answer = await session.status(concertId);
    if (!answer.ok) return 'REFUSED';
    const { status, room, pollAfterMs } = answer.data;
    if (status === 'ACTIVE') return null;
    if (status !== 'WAITING' || room === 'CLOSED') return 'REFUSED';
    if (room === 'SOLD_OUT') return 'FOUND_NO_SEATS';
    if (waitsMaxMs !== null && pace.now() - since > waitsMaxMs) return endsWaitBy;
    await pace.waitFor(pollAfterMs ?? POLL_DEFAULT_MS);
  }
}

/** Chooses again after each lost race. */
async function holdSeats(bot: Bot, { concertId, eventId }: DateOnSale): Promise<Hold | null> {
  const { behaviour, session, pace } = bot;
  for (let choice = 1; choice <= behaviour.choicesMax; choice += 1) {
    const seats = await look(bot, concertId, eventId);
    if (seats === null) return null;
    // Meanwhile others may take them.
    await pace.pause(behaviour.looksMs * (choice === 1 ? 1 : LOOKS_AGAIN));
    const held = await session.hold(concertId, eventId, seats);
    if (held.ok) return held.data;
  }
  return null;
}

async function look(
  { behaviour, random, session }: Bot,
  concertId: string,
  eventId: string,
): Promise<SeatChoice | null> {
  const { seatCount: count, choosesBy } = behaviour;
  if (choosesBy === 'BEST_AVAILABLE') return { bestAvailable: { count } };
  const map = await session.freeSeats(concertId, eventId);
  if (!map.ok || !('seats' in map.data)) return null;
  const seatNumbers = chooseSeats(random, map.data.seats, count) ?? chooseSeats(random, map.data.seats, 1);
  return seatNumbers === null ? null : { seatNumbers: [...seatNumbers] };
}

async function decide(bot: Bot, hold: Hold): Promise<Reason | null> {
  const { behaviour, session, pace } = bot;
  await pace.pause(behaviour.hesitatesMs);
  switch (behaviour.decision) {
    case 'CANCEL':
      return 'CANCELLED'; // leaving gives the hold back
    case 'LET_LAPSE':
      session.forgetHold();
      return 'LET_LAPSE';
    case 'EXTEND_AND_PAY':
      await session.extend(hold.id);
      await pace.pause(behaviour.hesitatesMs);
      break;
    case 'PAY':
      break;
  }
  return pay(bot, hold);
}

async function pay(bot: Bot, { id, seatNumbers, totalAmount }: Hold): Promise<Reason | null> {
  const { behaviour, session, pace, enter, tally } = bot;
  if (!(await session.charge(totalAmount)).ok || !(await session.pay(id)).ok) return 'REFUSED';
  enter('paid');
  tally.countPayment(seatNumbers.length, totalAmount);
  if (behaviour.refundsAfterMs === null) return null;
  await pace.pause(behaviour.refundsAfterMs);
  if ((await session.refund(id)).ok) tally.countRefund(seatNumbers.length);
  return null;
}
