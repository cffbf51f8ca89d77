import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mysqlClients } from '../support/services/program.ts';
import { waitUntil } from '../support/services/wait-until.ts';
import type { Member } from './mysql-group.ts';

const ARCHIVED_WITHIN_MS = 30_000;

export type Archive = {
  /** Closes the present binary log, waits until it is in the folder, and ends the copying. */
  finish(): Promise<void>;
};

/** Copies the binary logs of a member into `folder` while they are written, from the first on that it has. */
export async function archiveBinaryLogs(member: Member, folder: string): Promise<Archive> {
  const { mysqlbinlog } = await mysqlClients();
  const names = async () => (await member.ask('show binary logs')).map((row) => String(row['Log_name']));
  const sizes = async () =>
    new Map(
      (await member.ask('show binary logs')).map((row) => [
        String(row['Log_name']),
        Number(row['File_size']),
      ]),
    );
  const [first = ''] = await names();
  const [file = '', ...args] = mysqlbinlog;
  const copying = spawn(
    file,
    [
      ...args,
      '--no-defaults',
      '--read-from-remote-server',
      '--raw',
      '--stop-never',
      '--host=127.0.0.1',
      '--user=root',
      `--port=${member.server.port}`,
      `--result-file=${folder}/`,
      first,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = new Promise((resolve) => copying.once('exit', resolve));
  return {
    async finish() {
      await member.ask('flush binary logs');
      const closed = [...(await sizes())].slice(0, -1);
      await waitUntil(async () => {
        for (const [name, size] of closed)
          if ((await stat(join(folder, name))).size < size) throw new Error(`${name} is not archived`);
      }, ARCHIVED_WITHIN_MS);
      copying.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * Applies archived binary logs up to a moment to a server. It leaves out what the server has already, which it knows by
 * the ids of the transactions. `until` is in UTC, in whole seconds: `2026-11-28 02:00:00`.
 */
export async function applyBinaryLogs(folder: string, until: string, port: number): Promise<void> {
  const { mysqlbinlog, mysql } = await mysqlClients();
  const files = (await readdir(folder)).toSorted().map((name) => join(folder, name));
  const [readFile = '', ...readArgs] = mysqlbinlog;
  const reading = spawn(readFile, [...readArgs, '--no-defaults', `--stop-datetime=${until}`, ...files], {
    env: { ...process.env, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [writeFile = '', ...writeArgs] = mysql;
  const writing = spawn(
    writeFile,
    [...writeArgs, '--no-defaults', '--binary-mode', '--host=127.0.0.1', `--port=${port}`, '--user=root'],
    { stdio: [reading.stdout, 'ignore', 'inherit'] },
  );
  const codes = await Promise.all(
    [reading, writing].map((child) => new Promise<number | null>((resolve) => child.once('exit', resolve))),
  );
  if (codes.some((code) => code !== 0))
    throw new Error(`mysqlbinlog and mysql ended with ${codes.join(' and ')}`);
}
