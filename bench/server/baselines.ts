import type { App } from '@frontrow/http/routes/route.ts';
import { CONCERT_PAGE, SEAT_MAP } from './sample-reads.ts';
import { STATUS, TICKET } from './sample-status.ts';

/** As long as the refusal of one seat is. */
const REFUSAL = {
  type: 'urn:frontrow:problem:SEAT_UNAVAILABLE',
  title: 'A seat is not available',
  status: 409,
  detail: 'Not available: 7. No seat was held.',
  instance: '/v1/reservations',
  code: 'SEAT_UNAVAILABLE',
  unavailableSeats: [7],
} as const;

const TEXTS = { seats: SEAT_MAP, concerts: CONCERT_PAGE };

/**
 * What the routes under measurement are held against, in the same server: each sends a JSON of the same size and does
 * nothing else. The baselines with the same hooks are in mirrors.ts.
 */
export function addBaselines(app: App): void {
  const schema = { hide: true };
  app.register(async (bare) => {
    // A handler each, as the routes have: one for all would meet many shapes, and be slower than what it is to measure.
    bare.get('/v1/bench/bare/poll', { schema }, async () => ({ ...STATUS }));
    bare.post('/v1/bench/bare/join', { schema }, async () => ({ ...STATUS, token: TICKET }));
    bare.post('/v1/bench/bare/hold', { schema }, async () => ({ ...REFUSAL }));
    bare.get('/v1/bench/bare/seats', { schema }, async () => ({ ...SEAT_MAP }));
    bare.get('/v1/bench/bare/concerts', { schema }, async () => ({ ...CONCERT_PAGE }));
    for (const [name, body] of Object.entries(TEXTS)) {
      const text = JSON.stringify(body);
      // A stricter baseline than the goals ask for: the text is there already.
      bare.get(`/v1/bench/bare/${name}-text`, { schema }, (_request, reply) =>
        reply.type('application/json; charset=utf-8').send(text),
      );
    }
  });
}
