import { sleep } from 'k6';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { signAccessToken } from './access-token.js';
import { baseUrl } from './installation.js';

/** Every status but 2xx is an error; for a hold, 409 is expected too. */
const SUCCESS = http.expectedStatuses({ min: 200, max: 299 });
const SUCCESS_OR_CONFLICT = http.expectedStatuses({ min: 200, max: 299 }, 409);

/** Counts conflicts other than SEAT_UNAVAILABLE, which have the same status. */
const otherConflicts = new Counter('other_conflicts');
/** The threshold of every script that holds seats: SEAT_UNAVAILABLE is the only conflict. */
export const ONLY_SEAT_CONFLICTS = { other_conflicts: ['count==0'] };

/** How often a request is sent while its answer is 503. */
const ATTEMPTS_MAX = 10;

/** A fan with an access token and, after the join, a ticket. Requests are named by their operationId. */
export function createFan(userId) {
  const accessToken = signAccessToken(userId);
  /** The newest response with a ticket. It is parsed when the ticket is needed, because parsing costs k6 as much as sending. */
  let responseWithTicket = null;
  let ticket = null;
  let keys = 0;

  function newestTicket() {
    if (responseWithTicket !== null) ticket = responseWithTicket.json('token');
    responseWithTicket = null;
    return ticket;
  }

  function send(operation, method, path, { body, isRetryable = false, responseCallback = SUCCESS } = {}) {
    const headers = { Authorization: `Bearer ${accessToken}` };
    if (newestTicket() !== null) headers['Queue-Token'] = ticket;
    if (isRetryable) headers['Idempotency-Key'] = `${userId}-${(keys += 1)}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const params = { headers, responseCallback, tags: { name: operation } };
    const request = () =>
      http.request(method, baseUrl + path, body === undefined ? null : JSON.stringify(body), params);
    let response = request();
    // The repeated request has the same idempotency key, so it has the same effect.
    const attemptsMax = isRetryable ? ATTEMPTS_MAX : 1;
    for (let attempts = 1; response.status === 503 && attempts < attemptsMax; attempts += 1) {
      sleep(Number(response.headers['Retry-After'] ?? 1));
      response = request();
    }
    return response;
  }

  /** The response with the queue status, or null after an error; keeps the newest ticket. */
  function statusIn(response) {
    if (!isGranted(response)) return null;
    if (response.body.includes('"token":')) responseWithTicket = response;
    return response;
  }

  return {
    hasTicket: () => newestTicket() !== null,
    join: (concertId) => statusIn(send('issueQueueToken', 'POST', `/v1/concerts/${concertId}/queue-tokens`)),
    poll: () => statusIn(send('getQueueStatus', 'GET', '/v1/queue-tokens/current')),
    leave: () => send('leaveQueue', 'DELETE', '/v1/queue-tokens/current'),
    /** One text per AVAILABLE seat that starts with its number; the JSON is not parsed, because there may be thousands. */
    listFree(eventId) {
      const response = send('listSeats', 'GET', `/v1/events/${eventId}/seats?status=AVAILABLE`);
      return isGranted(response) ? response.body.split('"number":').slice(1) : [];
    },
    /** The reservation, or null if the hold was refused. */
    hold(eventId, seatNumbers) {
      const response = send('holdSeats', 'POST', '/v1/reservations', {
        body: { eventId, seatNumbers },
        isRetryable: true,
        responseCallback: SUCCESS_OR_CONFLICT,
      });
      if (response.status === 409 && response.json('code') !== 'SEAT_UNAVAILABLE') otherConflicts.add(1);
      return granted(response);
    },
    charge: (amount) =>
      granted(send('chargeWallet', 'POST', '/v1/wallet/charges', { body: { amount }, isRetryable: true })),
    pay: (reservationId) =>
      granted(send('payReservation', 'POST', '/v1/payments', { body: { reservationId }, isRetryable: true })),
  };
}

function granted(response) {
  return isGranted(response) ? response.json() : null;
}

function isGranted({ status }) {
  return status >= 200 && status < 300;
}
