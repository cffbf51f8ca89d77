// Status polling: each virtual user is a fan who joins once and then polls every second at any position.
// Needs QUEUE_POLL_LIMIT=off, because frontrow refuses polls that are far too early.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { createFan } from './lib/fan.js';
import { FEW_ERRORS, PUBLISHED_LOAD, THINK_SECONDS, TREND_STATS, atScale } from './lib/profile.js';
import { openSale } from './lib/sale.js';

export const options = {
  scenarios: { fans: PUBLISHED_LOAD },
  thresholds: {
    'http_req_duration{name:getQueueStatus}': ['p(99)<500'],
    'http_reqs{name:getQueueStatus}': [`rate>${atScale(1_000)}`],
    ...FEW_ERRORS,
  },
  summaryTrendStats: TREND_STATS,
};

/** Admits so few fans that nearly all wait to the end, and enough that positions change and fans check in. */
const ADMISSION = { batchSize: atScale(20), intervalMs: 10_000 };

/** The fan of this virtual user. */
let fan = null;

export function setup() {
  return openSale({ admission: ADMISSION });
}

export default function getQueueStatus({ concertId, runId }) {
  fan ??= createFan(`${runId}-${exec.vu.idInTest}`);
  if (fan.hasTicket()) fan.poll();
  else fan.join(concertId);
  sleep(THINK_SECONDS);
}
