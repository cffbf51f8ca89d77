// Hold and reserve: every second each virtual user brings a new fan, who is let in at once and reaches for a seat.
// Holds lapse after ten seconds, so that the seats are neither all taken nor all free, however long it runs.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './lib/fan.js';
import { FEW_ERRORS, PUBLISHED_CROWD, THINK_SECONDS, TREND_STATS, atScale } from './lib/profile.js';
import { OPEN_DOORS, openSale } from './lib/sale.js';

export const options = {
  scenarios: { fans: PUBLISHED_CROWD },
  thresholds: {
    'http_req_duration{name:holdSeats}': ['p(95)<500'],
    'http_reqs{name:holdSeats}': [`rate>${atScale(500)}`],
    ...FEW_ERRORS,
    ...ONLY_SEAT_CONFLICTS,
  },
  summaryTrendStats: TREND_STATS,
};

const SEATS_PER_DATE = atScale(10_000);
const HELD_FOR_MS = 10_000;
const seatsHeld = new Counter('seats_held');

export function setup() {
  return openSale({
    dates: 4,
    seatsPerDate: SEATS_PER_DATE,
    admission: OPEN_DOORS,
    hold: { ttlMs: HELD_FOR_MS },
  });
}

export default function holdSeats({ concertId, eventIds, runId }) {
  const { idInTest, iterationInInstance } = exec.vu;
  const fan = createFan(`${runId}-${idInTest}-${iterationInInstance}`);
  if (fan.join(concertId) !== null) {
    const eventId = eventIds[idInTest % eventIds.length];
    const seatNumber = 1 + Math.floor(Math.random() * SEATS_PER_DATE);
    if (fan.hold(eventId, [seatNumber]) !== null) seatsHeld.add(1);
  }
  sleep(THINK_SECONDS);
}
