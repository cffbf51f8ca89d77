// The last seat: a whole crowd, each admitted, reaches for one seat at one moment. Exactly one fan gets it, and pays.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './lib/fan.js';
import { FEW_ERRORS, TREND_STATS, atScale, isFull, onceEach, toldApart } from './lib/profile.js';
import { OPEN_DOORS, openSale } from './lib/sale.js';

const FANS = atScale(5_000);
/** In which the crowd joins, before it reaches for the seat. */
const GATHERING_SECONDS = isFull ? 30 : 6;

export const options = {
  scenarios: { fans: onceEach(FANS, isFull ? '3m' : '40s') },
  thresholds: {
    seats_won: ['count==1'],
    seats_paid: ['count==1'],
    came_too_late: [`count==${FANS - 1}`],
    ...toldApart('issueQueueToken', 'holdSeats'),
    ...FEW_ERRORS,
    ...ONLY_SEAT_CONFLICTS,
  },
  summaryTrendStats: TREND_STATS,
};

const seatsWon = new Counter('seats_won');
const seatsPaid = new Counter('seats_paid');
const cameTooLate = new Counter('came_too_late');

export function setup() {
  const sale = openSale({ seatsPerDate: 1, admission: OPEN_DOORS });
  return { ...sale, startsAt: Date.now() + GATHERING_SECONDS * 1000 };
}

export default function lastSeat({ concertId, eventIds, price, runId, startsAt }) {
  const fan = createFan(`${runId}-${exec.vu.idInTest}`);
  sleep(Math.random() * GATHERING_SECONDS * 0.8);
  if (fan.join(concertId)?.json('status') !== 'ACTIVE') return;
  sleep(Math.max(0, startsAt - Date.now()) / 1000);
  const reservation = fan.hold(eventIds[0], [1]);
  if (reservation === null) {
    cameTooLate.add(1);
    return;
  }
  seatsWon.add(1);
  fan.charge(price);
  if (fan.pay(reservation.id) !== null) seatsPaid.add(1);
}
