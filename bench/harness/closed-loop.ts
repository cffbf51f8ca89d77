import type { Socket } from 'node:net';
import { type Answer, onAnswers, openSocket } from './http-socket.ts';

export type Answers = {
  readonly count: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly bodyBytesMean: number;
  readonly elapsedMs: number;
};

/** A load generator that sends the next request of a connection when the previous one is answered. */
export type ClosedLoop = {
  /** Sends all requests. Rejects when an answer takes longer than 10 s or a connection closes. */
  fire(requests: readonly Buffer[]): Promise<Answers>;
  close(): void;
};

const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Uses plain sockets, because a client library would cost as much CPU as the server that it measures. While requests are
 * in flight its event loop does not sleep: waking a process on the same machine costs CPU time of the server that writes
 * to it, and a slow server would pay more often. With `sleeps` the event loop may sleep, which leaves the core to MySQL
 * and Redis.
 */
export async function openClosedLoop(
  port: number,
  connections: number,
  { sleeps = false } = {},
): Promise<ClosedLoop> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(port)));
  return {
    async fire(requests) {
      const statuses: Record<number, number> = {};
      let [next, bodyBytes] = [0, 0];
      const startedAt = performance.now();
      const take = () => requests[next++];
      const count = ({ status, body }: Answer) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        bodyBytes += body.length;
      };
      const stopBusyLoop = sleeps ? () => undefined : keepEventLoopBusy();
      await Promise.all(sockets.map((socket) => sendInSequence(socket, take, count))).finally(stopBusyLoop);
      const elapsedMs = performance.now() - startedAt;
      return { count: requests.length, statuses, bodyBytesMean: bodyBytes / requests.length, elapsedMs };
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/** Returns the function that ends it. */
function keepEventLoopBusy(): () => void {
  let isOver = false;
  const spin = () => void (isOver || setImmediate(spin));
  spin();
  return () => void (isOver = true);
}

/** Sends requests one at a time until `take` returns undefined. */
function sendInSequence(socket: Socket, take: () => Buffer | undefined, count: (answer: Answer) => void) {
  return new Promise<void>((resolve, reject) => {
    const send = () => {
      const request = take();
      if (request === undefined) {
        stop();
        resolve();
      } else {
        socket.write(request);
      }
    };
    const onAnswer = (answer: Answer) => {
      count(answer);
      send();
    };
    const stop = onAnswers(socket, onAnswer, (error) => {
      stop();
      reject(error);
    });
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      stop();
      reject(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`));
    });
    send();
  });
}
