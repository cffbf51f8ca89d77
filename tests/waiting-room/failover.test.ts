import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ReplicatedPair, startReplicatedPair } from '../failovers/replicated-pair.ts';
import { type FailoverKind, runSeries } from '../failovers/series.ts';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';

let testPorts: MysqlTestPorts;
let pair: ReplicatedPair;
beforeAll(async () => {
  [testPorts, pair] = await Promise.all([openMysqlTestPorts('grouped'), startReplicatedPair()]);
});
afterAll(() => Promise.all([pair.stop(), testPorts.close()]));

it('raises no epoch when a primary hands over to its replica while fans join', async () => {
  const kinds: readonly FailoverKind[] = ['handed over', 'handed over'];
  const { steps, drawnTwice } = await runSeries(testPorts, pair, { seed: 1, kinds });
  expect(steps).toEqual(kinds.map((what) => ({ what, epochsRaised: 0, missing: [] })));
  expect(drawnTwice).toEqual([]);
});

it('raises the epoch when a replica takes over that lacks writes of a primary that still serves', async () => {
  const { steps, drawnTwice } = await runSeries(testPorts, pair, { seed: 2, kinds: ['two primaries'] });
  expect(steps).toEqual([{ what: 'two primaries', epochsRaised: 1, missing: [] }]);
  expect(drawnTwice).toEqual([]);
});
