// `pnpm failovers [test file …]` fails Redis over in every way and writes a dated report to docs/reports/. Ends with 1 where a
// test fails.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describeMachine } from '../../../bench/harness/describe-machine.ts';
import { describeFailovers } from './describe-failovers.ts';
import { type Note, NOTES_FILE } from './note.ts';

const ENDS_WITHIN_MS = 20 * 60_000;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const files = process.argv.slice(2);
const machine = describeMachine(null, {});
const folder = mkdtempSync(join(tmpdir(), 'frontrow-failovers-'));
const notesFile = join(folder, 'notes');
const resultFile = join(folder, 'results.json');
writeFileSync(notesFile, '');

const vitest = spawn(
  'vitest',
  [
    'run',
    '--project=failovers',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${resultFile}`,
    ...files,
  ],
  {
    cwd: root,
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      [NOTES_FILE]: notesFile,
    },
    stdio: 'inherit',
    timeout: ENDS_WITHIN_MS,
  },
);
const code = await new Promise<number>((resolve) => {
  vitest.once('exit', (ended) => resolve(ended ?? 1));
});
process.exitCode = code;

const date = new Date().toISOString().slice(0, 10);
const lines = readFileSync(notesFile, 'utf8').split('\n');
const notes = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Note);
const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(resultFile, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
};
const command = ['pnpm failovers', ...files].join(' ');
const file = join(root, `docs/reports/failovers-${date}.md`);
const report = describeFailovers(notes, { command, machine, date, passed, failed });
writeFileSync(file, await format(report, { ...(await resolveConfig(file)), parser: 'markdown' }));
console.log(`written: docs/reports/failovers-${date}.md`);
rmSync(folder, { recursive: true });
