// `pnpm soak [minutes]`: half the saturating rate of new users against an installation of its own on this machine, and
// whether memory, keys and delays stay flat. Writes docs/reports/soak-<date>.md. Exit status 1 where something grows, or
// where the audit finds a broken rule.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { openInstallation } from '../k6/installation.ts';
import { openLoad } from './load.ts';
import { type SoakResult, describeSoak, trendsOf } from './report.ts';
import { openSampler } from './sampler.ts';

const MINUTES_DEFAULT = 30;
const MINUTES_MAX = 24 * 60;
const SATURATE_SECONDS = 20;
const SATURATING_USERS = 64;
const SAMPLES = 180;
const SAMPLE_EVERY_MIN_MS = 2_000;
const reports = fileURLToPath(new URL('../../docs/reports/', import.meta.url));

const minutes = Number(process.argv[2] ?? MINUTES_DEFAULT);
if (minutes > 0 && minutes <= MINUTES_MAX) {
  await main();
} else {
  console.error(`usage: pnpm soak [minutes, at most ${MINUTES_MAX}]`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const installation = await openInstallation({ http: 2, workers: 2, limitsPolls: false, inspects: true });
  // Ctrl-C ends what was started, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void installation.close().finally(() => process.exit(130)));
  try {
    const machine = describeMachine(null, installation.services);
    const result = await soak(installation);
    const date = new Date().toISOString().slice(0, 10);
    const report = describeSoak(result, { command: `pnpm soak ${minutes}`, machine, date });
    mkdirSync(reports, { recursive: true });
    const file = `${reports}soak-${date}.md`;
    const text = await format(report, { ...(await resolveConfig(file)), parser: 'markdown' });
    writeFileSync(file, text);
    console.log(text);
    console.log(`written: docs/reports/soak-${date}.md`);
    const isFlat = [...trendsOf(result.series).values()].every((trend) => trend.isFlat !== false);
    if (!isFlat || Object.keys(result.violations).length > 0) process.exitCode = 1;
  } finally {
    await installation.close();
  }
}

async function soak(installation: Awaited<ReturnType<typeof openInstallation>>): Promise<SoakResult> {
  const load = await openLoad(installation.http.map(({ url }) => url));
  const saturatedUsersPerSecond = await load.saturate(SATURATE_SECONDS, SATURATING_USERS);
  console.log(`saturated at ${saturatedUsersPerSecond.toFixed(1)} users/s`);
  const offeredUsersPerSecond = saturatedUsersPerSecond / 2;
  const before = load.users();
  for (const end of Object.keys(load.ends)) delete load.ends[end as keyof typeof load.ends];
  const sampler = await openSampler(installation);
  sampler.start(Math.max(SAMPLE_EVERY_MIN_MS, (minutes * 60_000) / SAMPLES));
  const progress = setInterval(() => {
    const rss = [...sampler.series].filter(([name]) => name.endsWith('RSS'));
    const latest = rss.map(([name, { points }]) => `${name} ${points.at(-1)?.value.toFixed(0)} MiB`);
    console.log(`${load.users() - before} users; ${latest.join(', ')}`);
  }, 60_000);
  try {
    await load.offer(offeredUsersPerSecond, minutes * 60);
  } finally {
    clearInterval(progress);
    await sampler.stop();
    await load.close();
  }
  const { ends } = load;
  const users = load.users() - before;
  const violations = await installation.findViolations();
  return {
    minutes,
    saturatedUsersPerSecond,
    offeredUsersPerSecond,
    users,
    ends,
    series: sampler.series,
    violations,
  };
}
