import { describe, expect, it } from 'vitest';
import { JOB_PURPOSES, type JobReport, jobState } from '../../../src/console/jobs/job-state.ts';

const AS_OF = '2026-12-01T11:00:00.000Z';
const jobOf = (everyMs: number, agoMs: number, result: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED'): JobReport => ({
  name: 'sweep-holds',
  everyMs,
  lastRun: { endedAt: new Date(Date.parse(AS_OF) - agoMs).toISOString(), durationMs: 3, result },
  lastFailure: null,
  succeededTotal: 1,
  failedTotal: 0,
});

describe('jobState', () => {
  it.each<[string, JobReport]>([
    ['Runs', jobOf(200, 400)],
    ['Runs', jobOf(200, 9_000)],
    ['Has stopped', jobOf(200, 10_001)],
    ['Runs', jobOf(600_000, 1_700_000)],
    ['Has stopped', jobOf(600_000, 1_800_001)],
    ['Fails', jobOf(200, 400, 'FAILED')],
    ['Has never run', { ...jobOf(200, 0), lastRun: null }],
    ['Runs', jobOf(200, -3_600_000)],
  ])('is %s', (text, job) => {
    expect(jobState(job, AS_OF).text).toBe(text);
  });
});

it('has a purpose for each job in one sentence', () => {
  for (const purpose of Object.values(JOB_PURPOSES)) expect(purpose).toMatch(/^[A-Z][^.]+$/);
});
