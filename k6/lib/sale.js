import http from 'k6/http';
import { signAccessToken } from './access-token.js';
import { baseUrl } from './installation.js';

const HOUR_MS = 3_600_000;

/** An admission policy that admits every fan on joining, for tests of seats. */
export const ADMIT_EVERYONE = { batchSize: 100_000, intervalMs: 100 };

/**
 * Creates a concert with `dates` dates on sale through the admin API. Throws, which ends the run, if an answer is not 2xx.
 * `runId` makes the user ids of this run unique.
 */
export function openSale({ dates = 1, seatsPerDate = 50, price = 100_000, admission = {}, hold = {} } = {}) {
  const concert = requestAsAdmin('POST', '/v1/admin/concerts', { title: 'k6', artist: 'k6' });
  const path = `/v1/admin/concerts/${concert.id}`;
  requestAsAdmin('PATCH', `${path}/policy`, { admission, hold });
  const date = { seatCount: seatsPerDate, price, ...onSaleNow() };
  const eventIds = Array.from(
    { length: dates },
    (_, index) => requestAsAdmin('POST', `${path}/events`, { venue: `k6 hall ${index + 1}`, ...date }).id,
  );
  return { concertId: concert.id, eventIds, price, runId: Date.now().toString(36) };
}

function requestAsAdmin(method, path, body) {
  const response = http.request(method, baseUrl + path, JSON.stringify(body), {
    headers: {
      Authorization: `Bearer ${signAccessToken('k6-admin', 'admin')}`,
      'Content-Type': 'application/json',
    },
    tags: { name: 'setup' },
    timeout: '30s',
  });
  if (response.status >= 200 && response.status < 300) return response.json();
  const reason = response.error || response.body;
  throw new Error(`${method} ${baseUrl}${path} was answered ${response.status}: ${reason}`);
}

function onSaleNow() {
  return { reservationStartAt: inHours(-1), reservationEndAt: inHours(24), startsAt: inHours(48) };
}

function inHours(hours) {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}
