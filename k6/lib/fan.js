import { sleep } from 'k6';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { signAccessToken } from './access-token.js';
import { baseUrl } from './installation.js';

/** Everything but 2xx is an error, except for a seat that another fan was quicker to take. */
const DONE = http.expectedStatuses({ min: 200, max: 299 });
const DONE_OR_TAKEN = http.expectedStatuses({ min: 200, max: 299 }, 409);

/** Conflicts other than SEAT_UNAVAILABLE, which k6 cannot tell from it by their status. */
const otherConflicts = new Counter('other_conflicts');
/** No conflict but over a seat: every script that holds seats needs this threshold. */
export const ONLY_SEAT_CONFLICTS = { other_conflicts: ['count==0'] };

/** How often a request is sent that is answered 503. */
const TRIES_MAX = 10;

/** Someone with an access token and, after joining, a ticket. Requests are named by their operationId. */
export function createFan(userId) {
  const accessToken = signAccessToken(userId);
  /** The newest answer that carries a ticket. Read only once the ticket is needed: it costs k6 as much as to ask. */
  let ticketed = null;
  let ticket = null;
  let keys = 0;

  function newestTicket() {
    if (ticketed !== null) ticket = ticketed.json('token');
    ticketed = null;
    return ticket;
  }

  function send(operation, method, path, { body, isRetryable = false, responseCallback = DONE } = {}) {
    const headers = { Authorization: `Bearer ${accessToken}` };
    if (newestTicket() !== null) headers['Queue-Token'] = ticket;
    if (isRetryable) headers['Idempotency-Key'] = `${userId}-${(keys += 1)}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const params = { headers, responseCallback, tags: { name: operation } };
    const request = () =>
      http.request(method, baseUrl + path, body === undefined ? null : JSON.stringify(body), params);
    let response = request();
    // With the same key, as whoever is told to come back later should: nothing is done twice.
    const triesMax = isRetryable ? TRIES_MAX : 1;
    for (let tries = 1; response.status === 503 && tries < triesMax; tries += 1) {
      sleep(Number(response.headers['Retry-After'] ?? 1));
      response = request();
    }
    return response;
  }

  /** The answer with the queue status, or null where there was an error; keeps the newest ticket. */
  function statusIn(response) {
    if (!isGranted(response)) return null;
    if (response.body.includes('"token":')) ticketed = response;
    return response;
  }

  return {
    hasTicket: () => newestTicket() !== null,
    join: (concertId) => statusIn(send('issueQueueToken', 'POST', `/v1/concerts/${concertId}/queue-tokens`)),
    poll: () => statusIn(send('getQueueStatus', 'GET', '/v1/queue-tokens/current')),
    leave: () => send('leaveQueue', 'DELETE', '/v1/queue-tokens/current'),
    /** The numbers of the free seats, as text that is not read further: there may be thousands. */
    listFree(eventId) {
      const response = send('listSeats', 'GET', `/v1/events/${eventId}/seats?status=AVAILABLE`);
      return isGranted(response) ? response.body.split('"number":').slice(1) : [];
    },
    /** The reservation, or null where the seats were taken. */
    hold(eventId, seatNumbers) {
      const response = send('holdSeats', 'POST', '/v1/reservations', {
        body: { eventId, seatNumbers },
        isRetryable: true,
        responseCallback: DONE_OR_TAKEN,
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
