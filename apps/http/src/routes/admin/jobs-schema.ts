import type { JobReads, JobReport } from '@frontrow/application/ports/shared/job-reads.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { DURATION_MAX_MS } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { count, instant } from '../shared/fields.ts';

const job = z.object({
  name: z.string(),
  everyMs: z.int().min(1).max(DURATION_MAX_MS).meta({ description: 'The interval between two runs' }),
  lastRun: z
    .object({ endedAt: instant, durationMs: z.number().min(0), result: z.enum(['SUCCEEDED', 'FAILED']) })
    .nullable()
    .meta({ description: 'The last run that has ended, in any process; null before the first' }),
  lastFailure: z
    .object({ endedAt: instant, error: z.string() })
    .nullable()
    .meta({ description: 'The last run that has failed; null before the first' }),
  succeededTotal: count,
  failedTotal: count,
});

export const jobsReport = z
  .object({
    asOf: instant,
    runs: z
      .object({ waiting: count, active: count, delayed: count, failed: count })
      .meta({ description: 'Runs in the queue, over all processes; `failed` has those that are kept' }),
    jobs: z.array(job).meta({ description: 'Every job, also one that has never run' }),
  })
  .meta({
    id: 'JobsReport',
    examples: [
      {
        asOf: '2026-12-01T11:00:14.311Z',
        runs: { waiting: 0, active: 2, delayed: 0, failed: 1 },
        jobs: [
          {
            name: 'sweep-holds',
            everyMs: 1_000,
            lastRun: { endedAt: '2026-12-01T11:00:13.902Z', durationMs: 4, result: 'SUCCEEDED' },
            lastFailure: { endedAt: '2026-11-28T02:11:00.120Z', error: 'connect ECONNREFUSED 10.0.0.5:3306' },
            succeededTotal: 812_044,
            failedTotal: 3,
          },
        ],
      },
    ],
  });

export function presentJobs({
  asOf,
  runs,
  jobs,
}: Awaited<ReturnType<JobReads['read']>>): z.output<typeof jobsReport> {
  return { asOf: formatInstant(asOf), runs: { ...runs }, jobs: jobs.map(presentJob) };
}

function presentJob({ lastRun, lastFailure, ...of }: JobReport): z.output<typeof job> {
  return {
    ...of,
    lastRun: lastRun && { ...lastRun, endedAt: formatInstant(lastRun.endedAt) },
    lastFailure: lastFailure && { ...lastFailure, endedAt: formatInstant(lastFailure.endedAt) },
  };
}
