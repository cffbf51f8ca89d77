import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { ONLY_SEAT_CONFLICTS, createFan } from './fan.js';
import { FEW_ERRORS, PUBLISHED_LOAD, THINK_SECONDS, TREND_STATS, atScale } from './profile.js';
import { ADMIT_EVERYONE, openSale } from './sale.js';

/** How long a hold lasts: short, so that some seats are HELD and some AVAILABLE during the whole run. */
const HOLD_TTL_MS = 10_000;
const DATES = 4;

/** Options and functions of a script: every second each virtual user is a new fan, who is admitted and holds a random seat. */
export function holdRandomSeats(seatsPerDate) {
  const seatsHeld = new Counter('seats_held');
  return {
    options: {
      scenarios: { fans: PUBLISHED_LOAD },
      thresholds: {
        'http_req_duration{name:holdSeats}': ['p(95)<500'],
        'http_reqs{name:holdSeats}': [`rate>${atScale(500)}`],
        ...FEW_ERRORS,
        ...ONLY_SEAT_CONFLICTS,
      },
      summaryTrendStats: TREND_STATS,
    },
    setup: () =>
      openSale({ dates: DATES, seatsPerDate, admission: ADMIT_EVERYONE, hold: { ttlMs: HOLD_TTL_MS } }),
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
