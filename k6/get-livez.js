// A reference for the other tests: the published load on a route that does nothing shows what k6 and the machine can do.
import { sleep } from 'k6';
import http from 'k6/http';
import { baseUrl } from './lib/installation.js';
import { FEW_ERRORS, PUBLISHED_LOAD, THINK_SECONDS, TREND_STATS, atScale } from './lib/profile.js';

export const options = {
  scenarios: { fans: PUBLISHED_LOAD },
  thresholds: {
    'http_req_duration{name:getLivez}': ['p(99)<500'],
    'http_reqs{name:getLivez}': [`rate>${atScale(1_000)}`],
    ...FEW_ERRORS,
  },
  summaryTrendStats: TREND_STATS,
};

export default function getLivez() {
  http.get(`${baseUrl}/livez`, { tags: { name: 'getLivez' } });
  sleep(THINK_SECONDS);
}
