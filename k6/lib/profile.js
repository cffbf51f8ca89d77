/** `full`, as published, or `smoke`: a twentieth of the crowd for a tenth of the time. */
const { PROFILE = 'full' } = __ENV;
if (!['smoke', 'full'].includes(PROFILE)) throw new Error(`PROFILE is ${PROFILE}: it must be smoke or full`);

export const isFull = PROFILE === 'full';

/** A number of fans or of requests a second, at this profile's size. */
export function atScale(count) {
  return isFull ? count : Math.ceil(count / 20);
}

/** The crowd of the published tests, each of whom thinks for `THINK_SECONDS` after every request. */
export const PUBLISHED_CROWD = {
  executor: 'ramping-vus',
  startVUs: 0,
  stages: [
    { duration: isFull ? '1m' : '6s', target: atScale(1_000) },
    { duration: isFull ? '2m' : '12s', target: atScale(2_000) },
    { duration: isFull ? '2m' : '12s', target: atScale(5_000) },
  ],
};
export const THINK_SECONDS = 1;

/** Each of `fans` virtual users does what there is to do once. */
export function onceEach(fans, maxDuration) {
  return { executor: 'per-vu-iterations', vus: fans, iterations: 1, maxDuration };
}

/** Under 1 % of requests, whichever they are: a 409 that a script expects is none. */
export const FEW_ERRORS = { http_req_failed: ['rate<0.01'] };

/** What every summary tells of a duration. */
export const TREND_STATS = ['avg', 'med', 'p(95)', 'p(99)', 'max'];

/** No objectives: k6 tells in its summary of those requests alone that a threshold names. */
export function toldApart(...operations) {
  return Object.fromEntries(operations.map((name) => [`http_req_duration{name:${name}}`, ['max>=0']]));
}
