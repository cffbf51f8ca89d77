import autocannon from 'autocannon';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { HotRoute, RouteRequest } from '../routes/hot-route.ts';

const CONNECTIONS = 64;

/** CPU time of the server per request, in µs, while autocannon sends `amount` requests. Throws for any other status. */
export async function autocannonCost(
  server: MeasuredServer,
  { method, status }: Pick<HotRoute, 'method' | 'status'>,
  requests: readonly RouteRequest[],
  amount: number,
): Promise<number> {
  let nextConnection = 0;
  const before = await server.usage();
  const result = await autocannon({
    url: `http://127.0.0.1:${server.port}`,
    connections: CONNECTIONS,
    amount,
    setupClient(client) {
      // Each connection has requests of its own, because autocannon repeats them from the start.
      const connection = nextConnection++;
      const own = requests.filter((_, index) => index % CONNECTIONS === connection % requests.length);
      client.setRequests(own.map(({ path, headers }) => ({ method, path, headers: { ...headers } })));
    },
  });
  const after = await server.usage();
  const statuses = result.statusCodeStats as Readonly<Record<string, { count?: number }>>;
  const answered = statuses[status]?.count ?? 0;
  if (answered !== amount || result.errors > 0)
    throw new Error(`autocannon got ${JSON.stringify(statuses)} and ${result.errors} errors`);
  return (after.cpuMicros - before.cpuMicros) / amount;
}
