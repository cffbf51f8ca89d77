import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describeMachine } from '../../../bench/harness/describe-machine.ts';

const reports = fileURLToPath(new URL('../../../docs/reports/', import.meta.url));
/** The files of `writeSection` that a whole run leaves. */
const SECTIONS = ['1-shards.md', '2-kills.md', '3-throughput.md', '4-killed-mysql.md'];

/** Writes docs/reports/vitess-<date>.md where every section is there, as after a run of all files. */
export async function writeReport(sectionsFolder: string, services: Record<string, string>): Promise<void> {
  const written = await readdir(sectionsFolder);
  if (!SECTIONS.every((name) => written.includes(name))) return;
  const sections = await Promise.all(SECTIONS.map((name) => readFile(join(sectionsFolder, name), 'utf8')));
  const date = new Date().toISOString().slice(0, 10);
  const head = [
    `# Vitess on ${date}`,
    '',
    '`pnpm test:vitess`.',
    '',
    ...describeMachine(null, services).map((line) => `- ${line}`),
    '- every shard: a primary and a replica that acknowledges each commit, each a MySQL and a vttablet; all on loopback',
    '',
  ];
  const file = join(reports, `vitess-${date}.md`);
  await mkdir(reports, { recursive: true });
  const text = [head.join('\n'), ...sections].join('\n\n');
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
  console.log(`written: docs/reports/vitess-${date}.md`);
}
