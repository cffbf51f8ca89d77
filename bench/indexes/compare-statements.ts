import { median } from '../harness/statistics.ts';
import type { StatementCost, StatementTimer } from './statement-timer.ts';

/** A statement that is sent repeatedly, each time for another concert or date. */
export type Sender = {
  /** A part of the statement's text that no other statement of `send` contains. */
  readonly contains: string;
  readonly send: (iteration: number) => unknown;
  /** How many matching statements `send` sends, default 1; their costs are summed. */
  readonly statementsPerSend?: number;
  /** How many rows each of them must return or change. */
  readonly rows: number;
};

export type RoundCosts = {
  /** The median CPU time of each round, in µs. */
  readonly cpuMicros: readonly number[];
  /** The median elapsed time of each round, in µs. */
  readonly elapsedMicros: readonly number[];
  readonly rowsExamined: number;
};

export type Rounds = { readonly warmUp: number; readonly measured: number; readonly sends: number };

/** Sends each statement `sends` times per round, one statement after the other, and reads the costs from MySQL. */
export async function compareStatements(
  timer: StatementTimer,
  senders: readonly Sender[],
  { warmUp, measured, sends }: Rounds,
): Promise<readonly RoundCosts[]> {
  const rounds: (readonly StatementCost[])[][] = senders.map(() => []);
  for (let round = 0; round < warmUp + measured; round += 1) {
    for (const [index, sender] of senders.entries()) {
      const costs = await timer.time(sender.contains, async () => {
        for (let iteration = 0; iteration < sends; iteration += 1) await sender.send(iteration);
      });
      assertEffects(sender, costs, sends);
      if (round >= warmUp) rounds[index]!.push(sumPerSend(costs, sends));
    }
  }
  return rounds.map((of) => ({
    cpuMicros: of.map((costs) => median(costs.map(({ cpuMicros }) => cpuMicros))),
    elapsedMicros: of.map((costs) => median(costs.map(({ elapsedMicros }) => elapsedMicros))),
    rowsExamined: median(of.flat().map(({ rowsExamined }) => rowsExamined)),
  }));
}

function assertEffects(sender: Sender, costs: readonly StatementCost[], sends: number): void {
  const { contains, statementsPerSend = 1, rows } = sender;
  if (costs.length !== sends * statementsPerSend)
    throw new Error(
      `${costs.length} instead of ${sends * statementsPerSend} statements "${contains}" were recorded`,
    );
  for (const { rowsSent, rowsChanged } of costs) {
    if (Math.max(rowsSent, rowsChanged) !== rows)
      throw new Error(
        `"${contains}" returned ${rowsSent} and changed ${rowsChanged} rows instead of ${rows}`,
      );
  }
}

function sumPerSend(costs: readonly StatementCost[], sends: number): readonly StatementCost[] {
  const statements = costs.length / sends;
  return Array.from({ length: sends }, (_, iteration) =>
    costs.slice(iteration * statements, (iteration + 1) * statements).reduce((sum, cost) => ({
      cpuMicros: sum.cpuMicros + cost.cpuMicros,
      elapsedMicros: sum.elapsedMicros + cost.elapsedMicros,
      rowsSent: sum.rowsSent + cost.rowsSent,
      rowsExamined: sum.rowsExamined + cost.rowsExamined,
      rowsChanged: sum.rowsChanged + cost.rowsChanged,
    })),
  );
}

/** Subject cost / baseline cost: the median over the rounds. */
export function costFactor(baseline: RoundCosts, subject: RoundCosts): number {
  return median(subject.cpuMicros.map((cost, round) => cost / baseline.cpuMicros[round]!));
}
