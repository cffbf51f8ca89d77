import type { AppProcess } from '@frontrow/tests/support/processes.ts';

/** Collects the garbage of another process through its inspector, so that its heap shows only what it keeps. */
export type GarbageCollector = { collect(): Promise<void>; close(): void };

export async function openGarbageCollector(process: AppProcess): Promise<GarbageCollector> {
  const url = /Debugger listening on (ws:\S+)/.exec(process.output())?.[1];
  if (url === undefined) throw new Error(`${process.name} does not listen for an inspector`);
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`${process.name} refuses its inspector`)));
  });
  let answer = Promise.withResolvers<void>();
  socket.addEventListener('message', () => answer.resolve());
  socket.addEventListener('close', () => answer.reject(new Error(`${process.name} has stopped`)));
  return {
    collect() {
      answer = Promise.withResolvers<void>();
      socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
      return answer.promise;
    },
    close: () => socket.close(),
  };
}
