import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './fan.js';
import { FEW_ERRORS, PUBLISHED_CROWD, THINK_SECONDS, TREND_STATS, atScale } from './profile.js';
import { OPEN_DOORS, openSale } from './sale.js';

/** Holds lapse after so long, so that the seats are neither all taken nor all free, however long it runs. */
const HELD_FOR_MS = 10_000;
const DATES = 4;

/** Every second each virtual user brings a new fan, who is let in at once and reaches for a random seat. */
export function reachForSeats(seatsPerDate) {
  const seatsHeld = new Counter('seats_held');
  return {
    options: {
      scenarios: { fans: PUBLISHED_CROWD },
      thresholds: {
        'http_req_duration{name:holdSeats}': ['p(95)<500'],
        'http_reqs{name:holdSeats}': [`rate>${atScale(500)}`],
        ...FEW_ERRORS,
        ...ONLY_SEAT_CONFLICTS,
      },
      summaryTrendStats: TREND_STATS,
    },
    setup: () =>
      openSale({ dates: DATES, seatsPerDate, admission: OPEN_DOORS, hold: { ttlMs: HELD_FOR_MS } }),
    run: ({ concertId, eventIds, runId }) => {
      const { idInTest, iterationInInstance } = exec.vu;
      const fan = createFan(`${runId}-${idInTest}-${iterationInInstance}`);
      if (fan.join(concertId) !== null) {
        const eventId = eventIds[idInTest % eventIds.length];
        const seatNumber = 1 + Math.floor(Math.random() * seatsPerDate);
        if (fan.hold(eventId, [seatNumber]) !== null) seatsHeld.add(1);
      }
      sleep(THINK_SECONDS);
    },
  };
}
