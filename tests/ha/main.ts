// `pnpm ha [act …] [--seed=N]` attacks a replicated MySQL under load, and `pnpm ha restore` destroys one and restores it up
// to a moment. Each writes a dated report to docs/reports/ and ends with 1 where a goal is missed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { ACTS } from './acts.ts';
import { type Heading, describeHa, describeRestore, hasMissed } from './report.ts';
import { runHa } from './run-ha.ts';
import { runRestore } from './run-restore.ts';

const reports = fileURLToPath(new URL('../../docs/reports/', import.meta.url));
const ENDS_WITHIN_MS = 25 * 60_000;
const RESTORE = 'restore';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const isRestore = positionals.join() === RESTORE;
const isKnown = isRestore || positionals.every((name) => ACTS.some((act) => act.name === name));

if (!Number.isInteger(seed) || !isKnown) {
  console.error(`usage: pnpm ha [act …] [--seed=N], or pnpm ha ${RESTORE} [--seed=N]`);
  for (const { name, title } of ACTS) console.error(`  ${name}: ${title}`);
  process.exitCode = 2;
} else {
  setTimeout(() => process.exit(3), ENDS_WITHIN_MS).unref();
  console.log(`seed ${seed}`);
  await (isRestore ? restore() : attack());
  process.exit(); // the fans would go on
}

async function attack(): Promise<void> {
  const acts = ACTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const result = await runHa({ acts, seed, log: console.log });
  await write('ha', describeHa(result, headingOf(result.services)));
  if (result.acts.some(hasMissed)) process.exitCode = 1;
}

async function restore(): Promise<void> {
  const result = await runRestore({ seed, log: console.log });
  await write('restore', describeRestore(result, headingOf(result.services)));
  if (hasMissed(result)) process.exitCode = 1;
}

function headingOf(services: Readonly<Record<string, string>>): Heading {
  return {
    command: ['pnpm ha', ...positionals, `--seed=${seed}`].join(' '),
    machine: describeMachine(null, services),
    date: today(),
  };
}

async function write(name: string, report: string): Promise<void> {
  mkdirSync(reports, { recursive: true });
  const file = `${reports}${name}-${today()}.md`;
  writeFileSync(file, await format(report, { ...(await resolveConfig(file)), parser: 'markdown' }));
  console.log(`written: docs/reports/${name}-${today()}.md`);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
