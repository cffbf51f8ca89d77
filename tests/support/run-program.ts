import { spawn } from 'node:child_process';
import { HERE, type ProgramFolder } from './processes.ts';

export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `node <main>` with this environment alone to its end. `main` is its path from the root of the repository. */
export function runProgram(
  main: string,
  env: Readonly<Record<string, string>>,
  { folder, node, user }: ProgramFolder = HERE,
): Promise<Outcome> {
  const child = spawn(node, [main], {
    cwd: folder,
    ...(user === undefined ? {} : { uid: user, gid: user }),
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...printed }));
  });
}
