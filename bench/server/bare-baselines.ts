import type { App } from '@frontrow/http/routes/route.ts';
import { CONCERT_PAGE, SEAT_MAP } from './sample-reads.ts';
import { STATUS, TICKET } from './sample-status.ts';

/** As long as a real refusal of one seat. */
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
 * Adds routes that answer a fixed JSON of the same size as a measured route and do nothing else. The baselines with the
 * same hooks are in guarded-baselines.ts, those with answers that a benchmark sets in stored-answers.ts.
 */
export function addBareBaselines(app: App): void {
  const schema = { hide: true };
  app.register(async (bare) => {
    // One handler per route: a shared handler would see objects of many shapes, which V8 executes more slowly.
    bare.get('/v1/bench/bare/poll', { schema }, async () => ({ ...STATUS }));
    bare.post('/v1/bench/bare/join', { schema }, async () => ({ ...STATUS, token: TICKET }));
    bare.post('/v1/bench/bare/hold', { schema }, async () => ({ ...REFUSAL }));
    bare.get('/v1/bench/bare/seats', { schema }, async () => ({ ...SEAT_MAP }));
    bare.get('/v1/bench/bare/concerts', { schema }, async () => ({ ...CONCERT_PAGE }));
    for (const [name, body] of Object.entries(TEXTS)) {
      const text = JSON.stringify(body);
      // A stricter baseline than the goals use: it serialises nothing.
      bare.get(`/v1/bench/bare/${name}-text`, { schema }, (_request, reply) =>
        reply.type('application/json; charset=utf-8').send(text),
      );
    }
  });
}
