import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The next IPC message of the child process `name`. Rejects if it exits or sends none within `timeoutMs`. */
export async function nextMessage(child: ChildProcess, name: string, timeoutMs: number): Promise<unknown> {
  const settled = new AbortController();
  const signal = AbortSignal.any([settled.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const exited = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`${name} exited with ${String(code)}`);
    });
    const [message] = (await Promise.race([once(child, 'message', { signal }), exited])) as unknown[];
    return message;
  } finally {
    settled.abort();
  }
}
