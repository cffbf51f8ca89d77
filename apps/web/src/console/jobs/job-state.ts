import type { JobsReport } from '@frontrow/client';
import type { Tone } from '../components/badges.tsx';

export type JobReport = JobsReport['jobs'][number];

/** A job whose last run is older than this many intervals, and `LATE_MIN_MS`, has stopped. */
const LATE_INTERVALS = 3;
const LATE_MIN_MS = 10_000;

/** How a job is, at a moment of the server's clock. */
export function jobState(job: JobReport, asOf: string): { readonly tone: Tone; readonly text: string } {
  if (job.lastRun === null) return { tone: 'warn', text: 'Has never run' };
  if (ageMs(job.lastRun.endedAt, asOf) > Math.max(LATE_MIN_MS, LATE_INTERVALS * job.everyMs))
    return { tone: 'bad', text: 'Has stopped' };
  return job.lastRun.result === 'FAILED' ? { tone: 'bad', text: 'Fails' } : { tone: 'good', text: 'Runs' };
}

/** How long before `asOf` a moment was, in ms. */
export function ageMs(moment: string, asOf: string): number {
  return Math.max(0, Date.parse(asOf) - Date.parse(moment));
}

/** What each job is for. A job of another version has no text. */
export const JOB_PURPOSES: Readonly<Record<string, string>> = {
  'admit-waiting': 'Admits the fans who wait',
  'relay-outbox': 'Frees the places of fans who have paid, and repeats what a fault has left undone',
  'deliver-webhooks': 'Sends messages to webhook endpoints',
  'expire-sessions': 'Ends sessions, and parks fans who missed their turn',
  'sweep-holds': 'Returns the seats of lapsed holds',
  'end-cancelled-dates': 'Refunds the orders of cancelled dates',
  'count-inventory': 'Counts the seats that are left',
  'save-watermarks': 'Saves how far each line was admitted',
  'list-open-rooms': 'Lists waiting rooms again that Redis has lost',
  'save-ledger-totals': 'Saves the totals of wallets',
  'purge-records': 'Deletes old records',
};
