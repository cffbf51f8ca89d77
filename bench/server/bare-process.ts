import { fastify } from 'fastify';
import { CONCERT_PAGE, REFUSAL, SEAT_MAP } from './sample-reads.ts';
import { STATUS, TICKET } from './sample-status.ts';
import { listenAndReportUsage } from './report-usage.ts';

/**
 * The bare baseline of every benchmark: a Fastify process with its default settings and no logger, hook or schema. Its
 * routes answer JSON of the same size as the measured routes. `PUT /answers/:name` stores a JSON object, usually an answer
 * of a measured route, which the other methods answer.
 */
const app = fastify();

// One handler per route: a shared handler would see objects of many shapes, which V8 executes more slowly.
app.get('/poll', async () => ({ ...STATUS }));
app.post('/join', async () => ({ ...STATUS, token: TICKET }));
app.post('/hold', async () => ({ ...REFUSAL }));
app.get('/seats', async () => ({ ...SEAT_MAP }));
app.get('/concerts', async () => ({ ...CONCERT_PAGE }));

// A stricter baseline than the goals use: it serialises nothing.
for (const [name, body] of Object.entries({ seats: SEAT_MAP, concerts: CONCERT_PAGE })) {
  const text = JSON.stringify(body);
  app.get(`/${name}-text`, (_request, reply) => reply.type('application/json; charset=utf-8').send(text));
}

const answers = new Map<string, object>();
app.put<{ Params: { name: string } }>('/answers/:name', async ({ params, body }) => {
  answers.set(params.name, body as object);
  return {};
});
app.route<{ Params: { name: string } }>({
  method: ['GET', 'POST', 'DELETE'],
  url: '/answers/:name',
  // A new object for each request, as a handler would create it.
  handler: async ({ params }) => ({ ...answers.get(params.name) }),
});

await listenAndReportUsage(app, () => void app.close());
