import { type Cost, isSteady, ratioTo } from '../harness/compare-workloads.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import type { MeasuredServers } from '../harness/measured-server.ts';
import { micros } from '../harness/ratio-row.ts';
import { printColumns } from '../harness/result-table.ts';
import { openTestbed } from '../harness/testbed.ts';
import { catalogRoutes } from '../routes/catalog-routes.ts';
import { type HotRoute, answerPath } from '../routes/hot-route.ts';
import { measureCosts } from '../routes/measure-route.ts';
import { queueRoutes } from '../routes/queue-routes.ts';
import { autocannonCost } from './autocannon-cost.ts';

const ROUTES = ['livez', 'list concerts', 'poll'];
const ROUNDS = { warmUp: 2, measured: 5 };
const PER_ROUND = 10_000;

type Costs = { readonly bare: Pick<Cost, 'cpuMicros'>; readonly route: Pick<Cost, 'cpuMicros'> };

/** `pnpm bench generators`: three routes against bare, by our own load generator and by autocannon. About a minute. */
export async function benchGenerators(): Promise<void> {
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    const servers = await testbed.startServers();
    const routes = [...(await catalogRoutes(testbed)), ...(await queueRoutes(testbed))];
    const lines = [['route', 'own generator', 'autocannon']];
    for (const route of routes.filter(({ name }) => ROUTES.includes(name))) {
      const [bare, , subject] = await measureCosts(servers, route);
      lines.push([route.name, cell({ bare, route: subject }), cell(await autocannonCosts(servers, route))]);
    }
    console.log();
    printColumns(lines);
  } finally {
    await testbed.close();
  }
}

/** Sends the requests of the bare baseline and of the route in every round, one after the other. */
async function autocannonCosts(servers: MeasuredServers, route: HotRoute): Promise<Costs> {
  const [bare, own] = [[] as number[], [] as number[]];
  const bareRequests = route.requests.map((request) => ({ ...request, path: answerPath(route.name) }));
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1) {
    const ofBare = await autocannonCost(servers.bare, { ...route, status: 200 }, bareRequests, PER_ROUND);
    const ofRoute = await autocannonCost(servers.frontrow, route, route.requests, PER_ROUND);
    if (round < ROUNDS.warmUp) continue;
    bare.push(ofBare);
    own.push(ofRoute);
  }
  return { bare: { cpuMicros: bare }, route: { cpuMicros: own } };
}

function cell({ bare, route }: Costs): string {
  const ratio = `${isSteady(bare) ? '' : '~'}${ratioTo(bare, route).toFixed(2)}`;
  return `${ratio} of bare (${micros(route)} against ${micros(bare)})`;
}
