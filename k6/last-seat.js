// The last seat: all fans are admitted and hold one seat at one moment. Exactly one hold is granted, and its fan pays.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './lib/fan.js';
import { FEW_ERRORS, TREND_STATS, atScale, isFull, oncePerFan, reportedByName } from './lib/profile.js';
import { ADMIT_EVERYONE, openSale } from './lib/sale.js';

const FANS = atScale(5_000);
/** How long the fans take to join before they hold the seat. */
const JOINING_SECONDS = isFull ? 30 : 6;

export const options = {
  scenarios: { fans: oncePerFan(FANS, isFull ? '3m' : '40s') },
  thresholds: {
    seats_won: ['count==1'],
    seats_paid: ['count==1'],
    came_too_late: [`count==${FANS - 1}`],
    ...reportedByName('issueQueueToken', 'holdSeats'),
    ...FEW_ERRORS,
    ...ONLY_SEAT_CONFLICTS,
  },
  summaryTrendStats: TREND_STATS,
};

const seatsWon = new Counter('seats_won');
const seatsPaid = new Counter('seats_paid');
const cameTooLate = new Counter('came_too_late');

export function setup() {
  const sale = openSale({ seatsPerDate: 1, admission: ADMIT_EVERYONE });
  return { ...sale, startsAt: Date.now() + JOINING_SECONDS * 1000 };
}

export default function lastSeat({ concertId, eventIds, price, runId, startsAt }) {
  const fan = createFan(`${runId}-${exec.vu.idInTest}`);
  sleep(Math.random() * JOINING_SECONDS * 0.8);
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
