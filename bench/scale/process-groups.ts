import { median } from '../harness/statistics.ts';
import { type Answers, type ClosedLoop, openClosedLoop } from '../harness/closed-loop.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Testbed } from '../harness/testbed.ts';

/** HTTP processes that share the work, as behind a load balancer. */
export type ProcessGroup = {
  readonly size: number;
  readonly servers: readonly MeasuredServer[];
  /** Request by request to the next process; a shift of one gives each request to another process than before. */
  fire(requests: readonly Buffer[], shift: number): Promise<Pick<Answers, 'statuses' | 'elapsedMs'>>;
  close(): void;
};

/** The load grows with the processes: what is asked is whether a request costs more because there are others. */
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

/** How much of what counts was done, and in what time. Throws where it was not done as it should be. */
export type WorkDone = { readonly count: number; readonly elapsedMs: number };
export type Work = (group: ProcessGroup, turn: number) => Promise<WorkDone>;

export type GroupCost = {
  readonly size: number;
  /** CPU time of all its processes together for each thing done, by round, in µs. */
  readonly cpuMicros: number[];
  readonly perSecond: number[];
};

/**
 * Each process is warmed up by as many requests, in whichever group it is; then one group after the other in every
 * round, so that what the machine does meanwhile falls on all alike.
 */
export async function compareGroups(
  groups: readonly ProcessGroup[],
  work: Work,
  { warmUpTurns, rounds }: { readonly warmUpTurns: number; readonly rounds: number },
): Promise<readonly GroupCost[]> {
  for (const group of groups)
    for (let turn = 0; turn < warmUpTurns * group.size; turn += 1) await work(group, turn);
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

/** How many times what it costs in one process it costs in several: the median over the rounds. */
export function growth(one: GroupCost, several: GroupCost): number {
  return median(several.cpuMicros.map((cost, round) => cost / one.cpuMicros[round]!));
}
