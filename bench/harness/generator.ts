import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

export type Answers = {
  readonly count: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly bodyBytesMean: number;
  readonly elapsedMs: number;
};

/** Keeps `connections` requests under way, one on each connection, until every one is answered. */
export type Generator = {
  fire(requests: readonly Buffer[]): Promise<Answers>;
  close(): void;
};

const ANSWER_TIMEOUT_MS = 10_000;
const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = 'content-length: ';

/** A request as it goes over the wire, with a JSON body if one is given. */
export function wireRequest(
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: object,
): Buffer {
  const json = body === undefined ? '' : JSON.stringify(body);
  const described =
    json === ''
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(json)) };
  const fields = Object.entries({ Host: '127.0.0.1', ...headers, ...described }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from([`${line} HTTP/1.1`, ...fields, '', json].join('\r\n'));
}

/**
 * Plain sockets, because a client library would cost as much as the server that it measures. While it fires it does not
 * sleep: to wake a process on the same machine is charged to the server that writes to it, and most to the one that is
 * slow enough to let it fall asleep. With `sleeps` it does, and leaves the core to what else the server waits for.
 */
export async function openGenerator(
  port: number,
  connections: number,
  { sleeps = false } = {},
): Promise<Generator> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(port)));
  return {
    async fire(requests) {
      const statuses: Record<number, number> = {};
      let [next, bodyBytes] = [0, 0];
      const startedAt = performance.now();
      const take = () => requests[next++];
      const count = ({ status, bodyLength }: Answer) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        bodyBytes += bodyLength;
      };
      const rest = sleeps ? () => undefined : stayAwake();
      await Promise.all(sockets.map((socket) => converse(socket, take, count))).finally(rest);
      const elapsedMs = performance.now() - startedAt;
      return { count: requests.length, statuses, bodyBytesMean: bodyBytes / requests.length, elapsedMs };
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/** Answers how to stop. */
function stayAwake(): () => void {
  let isOver = false;
  const turn = () => void (isOver || setImmediate(turn));
  turn();
  return () => void (isOver = true);
}

export type Answer = { readonly status: number; readonly bodyLength: number };

export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Sends one request after the other, each once the one before is answered. */
function converse(socket: Socket, take: () => Buffer | undefined, count: (answer: Answer) => void) {
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
    const answered = (answer: Answer) => {
      count(answer);
      send();
    };
    const stop = hearAnswers(socket, answered, (error) => {
      stop();
      reject(error);
    });
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      stop();
      reject(new Error('a request was not answered in time'));
    });
    send();
  });
}

/** Tells of each complete answer, of which one at a time may be awaited, until it is told to stop. */
export function hearAnswers(
  socket: Socket,
  answered: (answer: Answer) => void,
  failed: (error: Error) => void,
): () => void {
  let pending: Buffer | null = null;
  socket.on('error', failed);
  socket.on('close', () => failed(new Error('the server closed a connection')));
  socket.on('data', (chunk) => {
    const received: Buffer = pending === null ? chunk : Buffer.concat([pending, chunk]);
    const answer = readAnswer(received);
    pending = answer === null ? received : null;
    if (answer !== null) answered(answer);
  });
  return () => {
    socket.setTimeout(0);
    socket.removeAllListeners();
  };
}

/** Null while the answer is not complete. */
function readAnswer(received: Buffer): Answer | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const head = received.toString('latin1', 0, headEnd);
  const at = head.indexOf(LENGTH);
  const bodyLength = at === -1 ? 0 : Number.parseInt(head.slice(at + LENGTH.length), 10);
  if (received.length < headEnd + HEAD_END.length + bodyLength) return null;
  return { status: Number(head.slice(9, 12)), bodyLength };
}
