import type { WaitingRoom } from '@frontrow/client';

/** The counts of a room at one moment of its clock, in ms. */
export type Sample = Pick<WaitingRoom, 'waiting' | 'active' | 'parked' | 'admittedTotal'> & {
  readonly at: number;
};

/** Samples in the order of their moments. */
export type History = readonly Sample[];

export const HISTORY_MS = 30 * 60_000;
/** Between samples that are further apart nothing is known, as after a laptop has slept. */
export const GAP_MS = 12_000;
/** Admissions come in windows of some seconds; a rate over less would jump between zero and far too much. */
const RATE_OVER_MS = 30_000;

export function sampleOf({ asOf, waiting, active, parked, admittedTotal }: WaitingRoom): Sample {
  return { at: Date.parse(asOf), waiting, active, parked, admittedTotal };
}

/** Appends a sample and drops what is older than `HISTORY_MS`. A clock that has gone back begins a new history. */
export function addSample(history: History, sample: Sample): History {
  const last = history.at(-1);
  if (last !== undefined && sample.at < last.at) return [sample];
  const before = last?.at === sample.at ? history.slice(0, -1) : history;
  return [...before.filter(({ at }) => at >= sample.at - HISTORY_MS), sample];
}

/** Admissions per second up to this sample, over at most `RATE_OVER_MS` without a gap. Null where it is not known. */
export function admissionRate(history: History, index: number): number | null {
  const end = history[index];
  if (end === undefined) return null;
  let start = end;
  for (let i = index - 1; i >= 0; i--) {
    const before = history[i]!;
    const isBroken = start.at - before.at > GAP_MS || before.admittedTotal > start.admittedTotal;
    if (isBroken || before.at < end.at - RATE_OVER_MS) break;
    start = before;
  }
  if (start.at === end.at) return null;
  return ((end.admittedTotal - start.admittedTotal) * 1000) / (end.at - start.at);
}

/** A column of a chart; null where nothing is known. */
export type Column = readonly (number | null)[];

/** The columns of the charts, with a row of nulls in each gap. */
type Columns = {
  /** Seconds since 1970. */
  readonly at: readonly number[];
  readonly waiting: Column;
  readonly active: Column;
  readonly parked: Column;
  readonly admitted: Column;
  readonly rate: Column;
};

export function columnsOf(history: History): Columns {
  const rows = history.flatMap((sample, index) => {
    const before = history[index - 1];
    const row = { sample, at: sample.at, rate: admissionRate(history, index) };
    const isAfterGap = before !== undefined && sample.at - before.at > GAP_MS;
    return isAfterGap ? [{ sample: null, at: before.at + 1, rate: null }, row] : [row];
  });
  const column = (member: Exclude<keyof Sample, 'at'>) => rows.map(({ sample }) => sample?.[member] ?? null);
  return {
    at: rows.map(({ at }) => at / 1000),
    waiting: column('waiting'),
    active: column('active'),
    parked: column('parked'),
    admitted: column('admittedTotal'),
    rate: rows.map(({ rate }) => rate),
  };
}

/** The last sample of each minute, newest first, with its rate: the charts as a table. */
export function minutesOf(history: History): readonly (Sample & { readonly rate: number | null })[] {
  const last = new Map<number, number>();
  history.forEach(({ at }, index) => last.set(Math.floor(at / 60_000), index));
  return [...last.values()]
    .toReversed()
    .map((index) => ({ ...history[index]!, rate: admissionRate(history, index) }));
}
