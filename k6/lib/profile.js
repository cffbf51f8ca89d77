/** `full` is the published load; `smoke` is a twentieth of it for a tenth of the time. */
const { PROFILE = 'full' } = __ENV;
if (!['smoke', 'full'].includes(PROFILE)) throw new Error(`PROFILE is ${PROFILE}: it must be smoke or full`);

export const isFull = PROFILE === 'full';

/** A number of fans or of requests per second, scaled to the profile. */
export function atScale(count) {
  return isFull ? count : Math.ceil(count / 20);
}

/** The virtual users of the published tests; each sleeps THINK_SECONDS after every request. */
export const PUBLISHED_LOAD = {
  executor: 'ramping-vus',
  startVUs: 0,
  stages: [
    { duration: isFull ? '1m' : '6s', target: atScale(1_000) },
    { duration: isFull ? '2m' : '12s', target: atScale(2_000) },
    { duration: isFull ? '2m' : '12s', target: atScale(5_000) },
  ],
};
export const THINK_SECONDS = 1;

/** Each of `fans` virtual users runs the script once. */
export function oncePerFan(fans, maxDuration) {
  return { executor: 'per-vu-iterations', vus: fans, iterations: 1, maxDuration };
}

/** Fewer than 1 % of all requests fail; a 409 that a script expects is no failure. */
export const FEW_ERRORS = { http_req_failed: ['rate<0.01'] };

/** The statistics of durations in every summary. */
export const TREND_STATS = ['avg', 'med', 'p(95)', 'p(99)', 'max'];

/** Thresholds that are always met: k6 reports only requests that a threshold names separately. */
export function reportedByName(...operations) {
  return Object.fromEntries(operations.map((name) => [`http_req_duration{name:${name}}`, ['max>=0']]));
}
