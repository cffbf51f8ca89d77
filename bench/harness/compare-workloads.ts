import { type ClosedLoop, openClosedLoop } from './closed-loop.ts';
import type { MeasuredServer, MeasuredServers } from './measured-server.ts';
import { areSteady, median } from './statistics.ts';

/** A server and the load generator that sends requests to it. */
export type LoadedServer = { readonly server: MeasuredServer; readonly closedLoop: ClosedLoop };

/** frontrow and the process of the bare baseline. */
export type LoadedServers = { readonly frontrow: LoadedServer; readonly bare: LoadedServer };

/** Opens `connections` connections to each of the servers. */
export async function loadServers(
  { frontrow, bare }: MeasuredServers,
  connections: number,
  options?: { readonly sleeps: boolean },
): Promise<LoadedServers> {
  const load = async (server: MeasuredServer) => ({
    server,
    closedLoop: await openClosedLoop(server.port, connections, options),
  });
  return { frontrow: await load(frontrow), bare: await load(bare) };
}

export function closeLoads({ frontrow, bare }: LoadedServers): void {
  frontrow.closedLoop.close();
  bare.closedLoop.close();
}

/** One kind of request: the subject of a comparison or one of its baselines. */
export type Workload = {
  readonly name: string;
  /** The server that gets the requests. */
  readonly server: keyof LoadedServers;
  /** The requests of one round; consecutive requests differ. */
  readonly requestsOf: (round: number) => readonly Buffer[];
  /** The only status that counts; any other fails the comparison. */
  readonly status: number;
};

export type Cost = {
  readonly name: string;
  /** CPU time of the server per request, by round, in µs. */
  readonly cpuMicros: readonly number[];
  readonly bodyBytesMean: number;
  /** Bytes that the server allocated on its heap per request, by round. */
  readonly allocatedBytes: readonly number[];
  /** Pause of the garbage collector per request, by round, in µs. */
  readonly gcMicros: readonly number[];
  /** Answers per second, by round. */
  readonly perSecond: readonly number[];
};

/**
 * Sends the requests of each workload in every round, one workload after the other, so that other load on the machine
 * affects all of them equally. Throws when an answer has another status than the workload's: a refusal is less work.
 */
export async function compareWorkloads(
  loads: LoadedServers,
  workloads: readonly Workload[],
  rounds: { readonly warmUp: number; readonly measured: number },
): Promise<readonly Cost[]> {
  const costs = workloads.map(({ name }) => newCost(name));
  for (let round = 0; round < rounds.warmUp + rounds.measured; round += 1) {
    for (const [index, { name, server: target, requestsOf, status }] of workloads.entries()) {
      const requests = requestsOf(round);
      const { server, closedLoop } = loads[target];
      const before = await server.usage();
      const { statuses, bodyBytesMean, count, elapsedMs } = await closedLoop.fire(requests);
      const after = await server.usage();
      if (statuses[status] !== count) throw new Error(`${name} was answered ${JSON.stringify(statuses)}`);
      const cost = costs[index]!;
      cost.bodyBytesMean = bodyBytesMean;
      if (round < rounds.warmUp) continue;
      cost.cpuMicros.push((after.cpuMicros - before.cpuMicros) / count);
      cost.allocatedBytes.push((after.allocatedBytes - before.allocatedBytes) / count);
      cost.gcMicros.push((after.gcMicros - before.gcMicros) / count);
      cost.perSecond.push((count / elapsedMs) * 1_000);
    }
  }
  return costs;
}

function newCost(name: string) {
  const rounds = { cpuMicros: [], allocatedBytes: [], gcMicros: [], perSecond: [] };
  return { name, bodyBytesMean: 0, ...(rounds as Record<keyof typeof rounds, number[]>) };
}

/** The median over the rounds of baseline cost / subject cost: below 1 if the subject costs more. */
export function ratioTo(baseline: Pick<Cost, 'cpuMicros'>, subject: Pick<Cost, 'cpuMicros'>): number {
  return median(subject.cpuMicros.map((cost, index) => baseline.cpuMicros[index]! / cost));
}

/** Whether a baseline's rounds are close enough to each other for a verdict. */
export function isSteady({ cpuMicros }: Pick<Cost, 'cpuMicros'>): boolean {
  return areSteady(cpuMicros);
}
