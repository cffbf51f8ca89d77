// On sale: a crowd arrives, each fan joins, waits as the answers say, looks, holds a seat, charges the wallet and pays.
// There are four seats for five fans: every seat must be sold, and everybody else must learn that it is sold out.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './lib/fan.js';
import { FEW_ERRORS, TREND_STATS, atScale, isFull, onceEach, toldApart } from './lib/profile.js';
import { openSale } from './lib/sale.js';

const FANS = atScale(5_000);
const DATES = isFull ? 8 : 4;
const SEATS_PER_DATE = (FANS * 0.8) / DATES;
const ARRIVAL_SECONDS = isFull ? 10 : 2;
/** The default policy, or as much of it in a shorter time, and no more inside than two cores serve. */
const ADMISSION = {
  batchSize: atScale(1_400),
  intervalMs: isFull ? 10_000 : 2_000,
  maxActive: atScale(400),
  sellableFactor: 3,
};

export const options = {
  scenarios: { fans: onceEach(FANS, isFull ? '4m' : '50s') },
  thresholds: {
    seats_sold: [`count==${DATES * SEATS_PER_DATE}`],
    went_home: [`count==${FANS - DATES * SEATS_PER_DATE}`],
    'http_req_failed{name:getQueueStatus}': ['rate==0'],
    ...toldApart('issueQueueToken', 'getQueueStatus', 'listSeats', 'holdSeats', 'payReservation'),
    ...FEW_ERRORS,
    ...ONLY_SEAT_CONFLICTS,
  },
  summaryTrendStats: TREND_STATS,
};

const seatsSold = new Counter('seats_sold');
const wentHome = new Counter('went_home');
/** From joining to the first answer that says ACTIVE. */
const waited = new Trend('waited', true);
/** From joining to the receipt. */
const bought = new Trend('bought', true);

export function setup() {
  return openSale({ dates: DATES, seatsPerDate: SEATS_PER_DATE, admission: ADMISSION });
}

export default function onSale({ concertId, eventIds, price, runId }) {
  const fan = createFan(`${runId}-${exec.vu.idInTest}`);
  sleep(Math.random() * ARRIVAL_SECONDS);
  const joinedAt = Date.now();
  const isAdmitted = waitForTurn(fan, concertId);
  if (isAdmitted) waited.add(Date.now() - joinedAt);
  const reservation = isAdmitted ? takeSeat(fan, shuffled(eventIds)) : null;
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

/** Whether the fan was let in, rather than told that all is sold. */
function waitForTurn(fan, concertId) {
  let status = fan.join(concertId)?.json();
  while (status?.status !== 'ACTIVE') {
    if (status?.room === 'SOLD_OUT') return false;
    sleep((status?.pollAfterMs ?? 1_000) / 1000);
    status = (fan.hasTicket() ? fan.poll() : fan.join(concertId))?.json();
  }
  return true;
}

/** The reservation of a free seat on any date, or null once the room says that every seat is sold. */
function takeSeat(fan, eventIds) {
  for (;;) {
    for (const eventId of eventIds) {
      const free = fan.listFree(eventId);
      if (free.length === 0) continue;
      think();
      const seatNumber = parseInt(free[Math.floor(Math.random() * free.length)], 10);
      const reservation = fan.hold(eventId, [seatNumber]);
      if (reservation !== null) return reservation;
    }
    // A hold may lapse or be given back, so a fan stays for as long as the room is open.
    const status = fan.poll()?.json();
    if (status?.room === 'SOLD_OUT') return null;
    sleep((status?.pollAfterMs ?? 1_000) / 1000);
  }
}

/** From one second to two. */
function think() {
  sleep(1 + Math.random());
}

function shuffled(list) {
  return list
    .map((item) => [Math.random(), item])
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
