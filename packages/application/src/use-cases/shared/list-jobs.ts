import type { JobReads } from '../../ports/shared/job-reads.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListJobs = JobReads['read'];

export function createListJobs({ jobReads }: Pick<Ports, 'jobReads'>): ListJobs {
  return () => jobReads.read();
}
