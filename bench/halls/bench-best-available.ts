import { createSeatChooser } from '@frontrow/domain/halls/best-available.ts';
import { type HallIndex, indexHall } from '@frontrow/domain/halls/hall-index.ts';
import { numberSeats, uniformLayout } from '@frontrow/domain/halls/numbered-seats.ts';
import type { BestAvailable, ChoiceRules } from '@frontrow/domain/halls/seat-search.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { median } from '../harness/statistics.ts';
import { openTestbed } from '../harness/testbed.ts';
import { fillByPairs, readingRow } from './fill-by-pairs.ts';
import { PRICES, blockHall } from './large-halls.ts';

const RULES: ChoiceRules = { accessibleReleased: false, companionSeatsMax: 1, prices: PRICES };
const SEATS = 50_000;
const REPEATS = { warmUp: 20, measured: 100 };
const GOAL_MS = { reading: 5, request: 1 };

const REQUESTS: readonly BestAvailable[] = [
  { count: 2 },
  { count: 4 },
  { count: 8 },
  { count: 4, category: 1 },
  { count: 4, section: 7 },
  { count: 4, maxPrice: 90_000 },
  { count: 2, accessible: true },
  { count: 8, together: 'near' },
  { count: 12, together: 'near' },
  { count: 30, together: 'near' },
  { count: 50, together: 'near' },
];

/**
 * `pnpm bench best-available`: the choice of the best seats in halls of 50,000 seats, without a server, and a crowd that
 * fills a hall of 20,000 on a durable MySQL. About a minute. Every request of the first part is decided against a reading of its own, so that it does not profit from an earlier one.
 */
export async function benchBestAvailable(): Promise<void> {
  // The choices occupy the process for longer than MySQL waits for a connection.
  const rows = choiceRows();
  const testbed = await openTestbed({ durable: true });
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    printTable([...rows, await readingRow(testbed), await fillByPairs(testbed)]);
  } finally {
    await testbed.close();
  }
}

function choiceRows(): readonly Row[] {
  const blocks = blockHall(20, 100, 25);
  const oneRow = indexHall(numberSeats(uniformLayout(SEATS, PRICES[0]!)));
  const sold = Array.from({ length: SEATS }, (_, index) => index + 1).filter(isSold);
  return [
    ...[[], sold].flatMap((unavailable) => requestRows('blocks', blocks, unavailable, REQUESTS)),
    ...[[], sold].flatMap((unavailable) => requestRows('one row', oneRow, unavailable, [{ count: 2 }])),
    fillRow(blockHall(8, 100, 25)),
    timedRow(
      `index of ${SEATS} seats, once per layout version`,
      timesOf(() => indexHall(blocks.seats)),
      null,
    ),
  ];
}

/** 70 % of the numbers, scattered, the same ones in each run. */
function isSold(number: number): boolean {
  const hash = Math.imul(number ^ (number >>> 7), 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b);
  return (Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) >>> 0) / 2 ** 32 < 0.7;
}

function requestRows(
  name: string,
  hall: HallIndex,
  unavailable: readonly number[],
  requests: readonly BestAvailable[],
): Row[] {
  const read = () => createSeatChooser(hall, unavailable, RULES);
  const state = `${name}, ${unavailable.length} sold`;
  return [
    timedRow(`${state}: reading`, timesOf(read), GOAL_MS.reading),
    ...requests.map((request) => {
      const answer = read().choose(request) === null ? 'none' : 'found';
      const readings = Array.from({ length: REPEATS.warmUp + REPEATS.measured }, read);
      const times = timesOf(() => readings.pop()!.choose(request));
      return timedRow(`${state}: ${JSON.stringify(request)}, ${answer}`, times, GOAL_MS.request);
    }),
  ];
}

/** Fills a hall by pairs, one after another against one reading. */
function fillRow(hall: HallIndex): Row {
  const chooser = createSeatChooser(hall, [], RULES);
  const begin = performance.now();
  let pairs = 0;
  while (chooser.choose({ count: 2 }) !== null) pairs += 1;
  const perRequest = (performance.now() - begin) / (pairs + 1);
  return {
    path: `${hall.seats.seatCount} seats by pairs against one reading: ${2 * pairs} sold, then none`,
    figure: `${perRequest.toFixed(3)} ms`,
    goal: `≤ ${GOAL_MS.request} ms`,
    isMet: perRequest <= GOAL_MS.request,
  };
}

function timesOf(run: () => unknown): number[] {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS.warmUp + REPEATS.measured; repeat += 1) {
    const begin = performance.now();
    run();
    times.push(performance.now() - begin);
  }
  return times.slice(REPEATS.warmUp);
}

function timedRow(path: string, times: readonly number[], goalMs: number | null): Row {
  const typical = median(times);
  return {
    path,
    figure: `${typical.toFixed(3)} ms`,
    goal: goalMs === null ? '—' : `≤ ${goalMs} ms`,
    isMet: goalMs === null ? null : typical <= goalMs,
  };
}
