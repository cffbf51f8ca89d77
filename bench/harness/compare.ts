import type { Generator } from './generator.ts';
import type { MeasuredServer } from './measured-server.ts';

/** One kind of request, as many as a slice takes, never the same twice in a row. */
export type Contender = {
  readonly name: string;
  readonly slice: (round: number) => readonly Buffer[];
  /** The one status that counts as done. */
  readonly status: number;
};

export type Cost = {
  readonly name: string;
  /** CPU time of the server per request, by round, in µs. */
  readonly cpuMicros: readonly number[];
  readonly bodyBytesMean: number;
  /** How much it allocated on its heap per request, by round. */
  readonly allocatedBytes: readonly number[];
  /** How long its collector held it up per request, by round, in µs. */
  readonly gcMicros: readonly number[];
  /** Answers a second, by round. */
  readonly perSecond: readonly number[];
};

/**
 * Fires a slice of each contender in every round, one contender after the other, so that what the machine does meanwhile
 * falls on all of them alike. Throws when a request was not answered as it should be: a refusal is no work done.
 */
export async function compare(
  server: MeasuredServer,
  generator: Generator,
  contenders: readonly Contender[],
  rounds: { readonly warmUp: number; readonly measured: number },
): Promise<readonly Cost[]> {
  const costs = contenders.map(({ name }) => newCost(name));
  for (let round = 0; round < rounds.warmUp + rounds.measured; round += 1) {
    for (const [index, { name, slice, status }] of contenders.entries()) {
      const requests = slice(round);
      const before = await server.usage();
      const { statuses, bodyBytesMean, count, elapsedMs } = await generator.fire(requests);
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

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of the pairs' ratios: 1 where the subject costs what the baseline costs, less where it costs more. */
export function ratioTo(baseline: Cost, subject: Cost): number {
  return median(subject.cpuMicros.map((cost, index) => baseline.cpuMicros[index]! / cost));
}

/** A baseline that moved by more than a third measures nothing. */
export function isSteady({ cpuMicros }: Pick<Cost, 'cpuMicros'>): boolean {
  return areSteady(cpuMicros);
}

export function areSteady(values: readonly number[]): boolean {
  return Math.max(...values) <= (4 / 3) * Math.min(...values);
}
