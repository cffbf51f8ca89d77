import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

type CommandOptions = { readonly timeoutMs?: number; readonly env?: Readonly<Record<string, string>> };

/** Runs a program and returns its standard output. Throws with the last lines of its standard error. */
export async function runCommand(
  command: readonly string[],
  { timeoutMs = 300_000, env = {} }: CommandOptions = {},
): Promise<string> {
  const [file = '', ...args] = command;
  try {
    const { stdout } = await execFileAsync(file, args, {
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', ...env },
      maxBuffer: 64 * 1024 * 1024,
      timeout: timeoutMs,
    });
    return stdout;
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    const reason = (stderr?.trim() || message).split('\n').slice(-4).join(' ');
    throw new Error(`${file.split('/').at(-1)} failed: ${reason}`, { cause });
  }
}
