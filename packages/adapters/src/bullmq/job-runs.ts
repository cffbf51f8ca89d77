import type { JobReport } from '@frontrow/application/ports/shared/job-reads.ts';
import type { Cluster, Redis } from 'ioredis';

/** The message of an error is kept up to this length. */
const ERROR_LENGTH_MAX = 300;

/**
 * Writes the end of a run into a hash, with the time of Redis.
 *   KEYS[1]  the hash of all jobs
 *   ARGV     name of the job, duration in ms, error (empty after a success)
 */
const RECORD_RUN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local name, duration, error = ARGV[1], ARGV[2], ARGV[3]
local result = error == '' and 'SUCCEEDED' or 'FAILED'
redis.call('HSET', KEYS[1], name .. ':endedAt', now, name .. ':durationMs', duration, name .. ':result', result)
if error ~= '' then redis.call('HSET', KEYS[1], name .. ':failedAt', now, name .. ':error', error) end
redis.call('HINCRBY', KEYS[1], name .. (error == '' and ':succeeded' or ':failed'), 1)
`;

/** The hash of a queue in which the ends of its runs are. */
export function runsKeyOf(prefix: string): string {
  return `${prefix}:runs`;
}

export async function recordRun(
  redis: Redis | Cluster,
  key: string,
  {
    name,
    durationMs,
    error,
  }: { readonly name: string; readonly durationMs: number; readonly error: unknown },
): Promise<void> {
  await redis.eval(RECORD_RUN, 1, key, name, Math.round(durationMs), messageOf(error));
}

/** Empty for no error. */
function messageOf(error: unknown): string {
  if (error === null) return '';
  const message = error instanceof Error ? error.message : 'a value that is no error';
  return message.slice(0, ERROR_LENGTH_MAX) || 'an error without a message';
}

/** What the hash says of a job. */
export function readRuns(
  fields: Readonly<Record<string, string>>,
  { name, everyMs }: Pick<JobReport, 'name' | 'everyMs'>,
): JobReport {
  const field = (member: string) => fields[`${name}:${member}`];
  const [endedAt, failedAt] = [field('endedAt'), field('failedAt')];
  return {
    name,
    everyMs,
    lastRun:
      endedAt === undefined
        ? null
        : {
            endedAt: Number(endedAt),
            durationMs: Number(field('durationMs')),
            result: field('result') === 'FAILED' ? 'FAILED' : 'SUCCEEDED',
          },
    lastFailure: failedAt === undefined ? null : { endedAt: Number(failedAt), error: field('error') ?? '' },
    succeededTotal: Number(field('succeeded') ?? 0),
    failedTotal: Number(field('failed') ?? 0),
  };
}
