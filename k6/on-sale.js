// A whole sale: each fan joins, polls as `pollAfterMs` says, reads the seats, holds one, charges the wallet and pays.
// There are four seats for five fans: every seat must be sold, and every other fan must get SOLD_OUT.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './lib/fan.js';
import { FEW_ERRORS, TREND_STATS, atScale, isFull, oncePerFan, reportedByName } from './lib/profile.js';
import { openSale } from './lib/sale.js';

const FANS = atScale(5_000);
const DATES = isFull ? 8 : 4;
const SEATS_PER_DATE = (FANS * 0.8) / DATES;
const ARRIVAL_SECONDS = isFull ? 10 : 2;
/** The default policy, scaled to the profile, with as many active places as two cores can serve. */
const ADMISSION = {
  batchSize: atScale(1_400),
  intervalMs: isFull ? 10_000 : 2_000,
  maxActive: atScale(400),
  sellableFactor: 3,
};

export const options = {
  scenarios: { fans: oncePerFan(FANS, isFull ? '4m' : '50s') },
  thresholds: {
    seats_sold: [`count==${DATES * SEATS_PER_DATE}`],
    went_home: [`count==${FANS - DATES * SEATS_PER_DATE}`],
    'http_req_failed{name:getQueueStatus}': ['rate==0'],
    ...reportedByName('issueQueueToken', 'getQueueStatus', 'listSeats', 'holdSeats', 'payReservation'),
    ...FEW_ERRORS,
    ...ONLY_SEAT_CONFLICTS,
  },
  summaryTrendStats: TREND_STATS,
};

const seatsSold = new Counter('seats_sold');
const wentHome = new Counter('went_home');
/** From the join to the first ACTIVE status. */
const waited = new Trend('waited', true);
/** From the join to the payment. */
const bought = new Trend('bought', true);

export function setup() {
  return openSale({ dates: DATES, seatsPerDate: SEATS_PER_DATE, admission: ADMISSION });
}

export default function onSale({ concertId, eventIds, price, runId }) {
  const fan = createFan(`${runId}-${exec.vu.idInTest}`);
  sleep(Math.random() * ARRIVAL_SECONDS);
  const joinedAt = Date.now();
  const isAdmitted = waitForAdmission(fan, concertId);
  if (isAdmitted) waited.add(Date.now() - joinedAt);
  const reservation = isAdmitted ? holdFreeSeat(fan, shuffled(eventIds)) : null;
  if (reservation === null) {
    fan.leave();
    wentHome.add(1);
    return;
  }
  think();
  fan.charge(price);
  if (fan.pay(reservation.id) === null) return;
  seatsSold.add(1);
  bought.add(Date.now() - joinedAt);
}

/** True once the fan is admitted, false if the room is sold out. */
function waitForAdmission(fan, concertId) {
  let status = fan.join(concertId)?.json();
  while (status?.status !== 'ACTIVE') {
    if (status?.room === 'SOLD_OUT') return false;
    sleep((status?.pollAfterMs ?? 1_000) / 1000);
    status = (fan.hasTicket() ? fan.poll() : fan.join(concertId))?.json();
  }
  return true;
}

/** The reservation of an AVAILABLE seat of any date, or null once the room is sold out. */
function holdFreeSeat(fan, eventIds) {
  for (;;) {
    for (const eventId of eventIds) {
      const free = fan.listFree(eventId);
      if (free.length === 0) continue;
      think();
      const seatNumber = parseInt(free[Math.floor(Math.random() * free.length)], 10);
      const reservation = fan.hold(eventId, [seatNumber]);
      if (reservation !== null) return reservation;
    }
    // A hold may lapse or be released, so the fan stays until the room is sold out.
    const status = fan.poll()?.json();
    if (status?.room === 'SOLD_OUT') return null;
    sleep((status?.pollAfterMs ?? 1_000) / 1000);
  }
}

/** Sleeps one to two seconds. */
function think() {
  sleep(1 + Math.random());
}

function shuffled(list) {
  return list
    .map((item) => [Math.random(), item])
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
