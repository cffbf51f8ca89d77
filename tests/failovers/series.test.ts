import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import { startReplicatedPair } from './replicated-pair.ts';
import { SERIES as SERIES_TABLE } from './report/describe-failovers.ts';
import { note } from './report/note.ts';
import { randomKinds, runSeries } from './series.ts';

const SERIES = Number(process.env['FAILOVER_SERIES'] ?? 3);
const FIRST_SEED = Number(process.env['FAILOVER_SEED'] ?? 1);
const STEPS = 12;

let testPorts: MysqlTestPorts;
beforeAll(async () => void (testPorts = await openMysqlTestPorts('grouped')));
afterAll(() => testPorts.close());

describe.each(['redis', 'valkey'] as const)('a room on a primary and a replica of %s', (engine) => {
  const seeds = Array.from({ length: SERIES }, (_, index) => [FIRST_SEED + index]);
  it.each(seeds)('keeps its epoch only where nothing acknowledged is missing (seed %i)', async (seed) => {
    const pair = await startReplicatedPair({ engine });
    try {
      const { steps, drawnTwice } = await runSeries(testPorts, pair, {
        seed,
        kinds: randomKinds(seed, STEPS),
      });
      note(SERIES_TABLE, {
        engine,
        seed,
        acts: steps.map(({ what, epochsRaised }) => `${what} +${epochsRaised}`).join(', '),
        'places missing': steps.flatMap(({ missing }) => missing).length,
        'places given twice': drawnTwice.length,
      });
      expect(steps.filter(({ missing }) => missing.length > 0)).toEqual([]);
      expect(steps.filter(({ what, epochsRaised }) => what === 'handed over' && epochsRaised > 0)).toEqual(
        [],
      );
      expect(drawnTwice).toEqual([]);
    } finally {
      await pair.stop();
    }
  });
});
