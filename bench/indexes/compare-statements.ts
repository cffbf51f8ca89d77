import { median } from '../harness/statistics.ts';
import type { StatementCost, StatementTimer } from './statement-timer.ts';

/** A statement that is sent again and again, each time for another concert or date. */
export type Sender = {
  /** What the text of the statement contains, and that of no other which `send` sends. */
  readonly contains: string;
  readonly send: (iteration: number) => unknown;
  /** How many such statements `send` sends; 1 unless told otherwise. A iteration costs their sum. */
  readonly statementsPerSend?: number;
  /** What every one of them has to answer or to change. */
  readonly rows: number;
};

export type RoundCosts = {
  /** Medians of the rounds, in µs of CPU time. */
  readonly cpuMicros: readonly number[];
  readonly elapsedMicros: readonly number[];
  readonly rowsExamined: number;
};

export type Rounds = { readonly warmUp: number; readonly measured: number; readonly sends: number };

/** Sends all statements by turns, `turns` of each in a round, and lets the server say what each took. */
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

function assertEffects(sender: Sender, costs: readonly StatementCost[], turns: number): void {
  const { contains, statementsPerSend = 1, rows } = sender;
  if (costs.length !== turns * statementsPerSend)
    throw new Error(
      `${costs.length} instead of ${turns * statementsPerSend} statements "${contains}" were seen`,
    );
  for (const { rowsSent, rowsChanged } of costs) {
    if (Math.max(rowsSent, rowsChanged) !== rows)
      throw new Error(
        `"${contains}" answered ${rowsSent} and changed ${rowsChanged} rows instead of ${rows}`,
      );
  }
}

function sumPerSend(costs: readonly StatementCost[], turns: number): readonly StatementCost[] {
  const statements = costs.length / turns;
  return Array.from({ length: turns }, (_, iteration) =>
    costs.slice(iteration * statements, (iteration + 1) * statements).reduce((sum, cost) => ({
      cpuMicros: sum.cpuMicros + cost.cpuMicros,
      elapsedMicros: sum.elapsedMicros + cost.elapsedMicros,
      rowsSent: sum.rowsSent + cost.rowsSent,
      rowsExamined: sum.rowsExamined + cost.rowsExamined,
      rowsChanged: sum.rowsChanged + cost.rowsChanged,
    })),
  );
}

/** How many times the baseline a subject costs: the median of the rounds' ratios. */
export function costFactor(baseline: RoundCosts, subject: RoundCosts): number {
  return median(subject.cpuMicros.map((cost, round) => cost / baseline.cpuMicros[round]!));
}
