import { type JobsReport, answerOf, listJobs } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { Notice } from '../../shared/components/notice.tsx';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { Badge } from '../components/badges.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { durationText } from '../components/duration-text.ts';
import { Facts } from '../components/facts.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useQuery } from '../data/use-query.ts';
import { JOB_PURPOSES, type JobReport, ageMs, jobState } from './job-state.ts';
import './jobs.css';

const POLL_MS = 2_000;

/** The work of the workers, read only. */
export default function Jobs() {
  const jobs = useQuery((signal) => answerOf(listJobs({ client, signal })), [], { pollMs: POLL_MS });
  return (
    <>
      <PageHead title="Jobs" lead="Work that repeats without a request. Any worker runs any of it." />
      <Loaded query={jobs}>{(report) => <Report report={report} />}</Loaded>
    </>
  );
}

function Report({ report }: { readonly report: JobsReport }) {
  const { asOf, runs, jobs } = report;
  const hasStopped = jobs.every((job) => jobState(job, asOf).tone !== 'good');
  return (
    <>
      {hasStopped && (
        <Notice tone="bad" title="No job runs">
          <p>
            Nobody is admitted from a waiting room without a worker. Look whether one runs and reaches Redis.
          </p>
        </Notice>
      )}
      <section class="card" aria-label="Runs in the queue">
        <Facts
          facts={[
            ['Waiting', formatNumber(runs.waiting)],
            ['Running', formatNumber(runs.active)],
            ['Delayed', formatNumber(runs.delayed)],
            ['Failed and kept', formatNumber(runs.failed)],
          ]}
        />
      </section>
      <DataTable
        caption="Jobs"
        columns={columnsOf(asOf)}
        rows={jobs}
        rowKey={({ name }) => name}
        empty="This process has no jobs."
      />
    </>
  );
}

function columnsOf(asOf: string): readonly Column<JobReport>[] {
  return [
    { title: 'Job', cell: ({ name }) => <JobName name={name} /> },
    { title: 'State', cell: (job) => <State job={job} asOf={asOf} /> },
    { title: 'Every', kind: 'number', cell: ({ everyMs }) => durationText(everyMs) },
    {
      title: 'Last run',
      kind: 'number',
      cell: ({ lastRun }) => (lastRun === null ? '–' : `${durationText(ageMs(lastRun.endedAt, asOf))} ago`),
    },
    {
      title: 'Took',
      kind: 'number',
      cell: ({ lastRun }) => (lastRun === null ? '–' : `${formatNumber(Math.round(lastRun.durationMs))} ms`),
    },
    { title: 'Runs', kind: 'number', cell: ({ succeededTotal }) => formatNumber(succeededTotal) },
    { title: 'Failures', kind: 'number', cell: ({ failedTotal }) => formatNumber(failedTotal) },
    { title: 'Last error', cell: ({ lastFailure }) => <LastError of={lastFailure} asOf={asOf} /> },
  ];
}

function JobName({ name }: Pick<JobReport, 'name'>) {
  return (
    <span class="job-name">
      {name}
      <span class="muted small">{JOB_PURPOSES[name]}</span>
    </span>
  );
}

function State({ job, asOf }: { readonly job: JobReport; readonly asOf: string }) {
  const { tone, text } = jobState(job, asOf);
  return <Badge tone={tone}>{text}</Badge>;
}

function LastError({ of, asOf }: { readonly of: JobReport['lastFailure']; readonly asOf: string }) {
  if (of === null) return <span class="muted">none</span>;
  return (
    <span class="job-error">
      <span class="muted">{durationText(ageMs(of.endedAt, asOf))} ago:</span> {of.error}
    </span>
  );
}
