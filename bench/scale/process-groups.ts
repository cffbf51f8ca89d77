import { median } from '../harness/statistics.ts';
import { type Answers, type ClosedLoop, openClosedLoop } from '../harness/closed-loop.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Testbed } from '../harness/testbed.ts';

/** HTTP processes that share requests as behind a load balancer. */
export type ProcessGroup = {
  readonly size: number;
  readonly servers: readonly MeasuredServer[];
  /** Distributes requests round-robin; another `shift` (modulo `size`) sends each request to another process. */
  fire(requests: readonly Buffer[], shift: number): Promise<Pick<Answers, 'statuses' | 'elapsedMs'>>;
  close(): void;
};

/** The load grows with the number of processes, because the question is whether a request costs more in a larger group. */
const CONNECTIONS_PER_PROCESS = 16;

export async function openProcessGroup(testbed: Testbed, size: number): Promise<ProcessGroup> {
  const servers = await Promise.all(Array.from({ length: size }, () => testbed.startServer()));
  const closedLoops = await Promise.all(
    servers.map(({ port }) => openClosedLoop(port, CONNECTIONS_PER_PROCESS)),
  );
  return {
    size,
    servers,
    async fire(requests, shift) {
      const shares = closedLoops.map((_, at) =>
        requests.filter((__, index) => (index + shift) % size === at),
      );
      const startedAt = performance.now();
      const answers = await Promise.all(closedLoops.map((each, at) => each.fire(shares[at]!)));
      const statuses: Record<number, number> = {};
      for (const [status, count] of answers.flatMap((answer) => Object.entries(answer.statuses)))
        statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count;
      return { statuses, elapsedMs: performance.now() - startedAt };
    },
    close: () => closedLoops.forEach((closedLoop: ClosedLoop) => closedLoop.close()),
  };
}

/** How many operations were completed, and in what time. */
export type WorkDone = { readonly count: number; readonly elapsedMs: number };
/** Performs one round of operations on a group; throws unless all have the expected effect. */
export type Work = (group: ProcessGroup, round: number) => Promise<WorkDone>;

export type GroupCost = {
  readonly size: number;
  /** CPU time of all processes of the group per operation, by round, in µs. */
  readonly cpuMicros: number[];
  /** Operations per second, by round. */
  readonly perSecond: number[];
};

/**
 * Warms up every process with equally many requests, then runs the groups one after the other in every round, so that
 * other load on the machine affects all of them equally.
 */
export async function compareGroups(
  groups: readonly ProcessGroup[],
  work: Work,
  { warmUpRounds, rounds }: { readonly warmUpRounds: number; readonly rounds: number },
): Promise<readonly GroupCost[]> {
  for (const group of groups)
    for (let round = 0; round < warmUpRounds * group.size; round += 1) await work(group, round);
  const costs = groups.map(({ size }): GroupCost => ({ size, cpuMicros: [], perSecond: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, group] of groups.entries()) {
      const before = await cpuMicrosOf(group);
      const { count, elapsedMs } = await work(group, round);
      costs[index]!.cpuMicros.push(((await cpuMicrosOf(group)) - before) / count);
      costs[index]!.perSecond.push((1000 * count) / elapsedMs);
    }
  }
  return costs;
}

async function cpuMicrosOf({ servers }: ProcessGroup): Promise<number> {
  const usages = await Promise.all(servers.map((server) => server.usage()));
  return usages.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0);
}

/** Cost in several processes / cost in one: the median over the rounds. */
export function growth(one: GroupCost, several: GroupCost): number {
  return median(several.cpuMicros.map((cost, round) => cost / one.cpuMicros[round]!));
}
