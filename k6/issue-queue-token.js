// Token issue: every second each virtual user joins the waiting room as a new fan.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { createFan } from './lib/fan.js';
import { FEW_ERRORS, PUBLISHED_LOAD, THINK_SECONDS, TREND_STATS, atScale } from './lib/profile.js';
import { openSale } from './lib/sale.js';

export const options = {
  scenarios: { fans: PUBLISHED_LOAD },
  thresholds: {
    'http_req_duration{name:issueQueueToken}': ['p(95)<500'],
    'http_reqs{name:issueQueueToken}': [`rate>${atScale(500)}`],
    ...FEW_ERRORS,
  },
  summaryTrendStats: TREND_STATS,
};

export function setup() {
  return openSale();
}

export default function issueQueueToken({ concertId, runId }) {
  createFan(`${runId}-${exec.vu.idInTest}-${exec.vu.iterationInInstance}`).join(concertId);
  sleep(THINK_SECONDS);
}
