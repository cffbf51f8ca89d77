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

/** A request as it goes over the wire, without a body. */
export function wireRequest(line: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const fields = Object.entries({ Host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from([`${line} HTTP/1.1`, ...fields, '', ''].join('\r\n'), 'latin1');
}

/** Plain sockets, because a client library would cost as much as the server that it measures. */
export async function openGenerator(port: number, connections: number): Promise<Generator> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
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
      await Promise.all(sockets.map((socket) => converse(socket, take, count)));
      const elapsedMs = performance.now() - startedAt;
      return { count: requests.length, statuses, bodyBytesMean: bodyBytes / requests.length, elapsedMs };
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

type Answer = { readonly status: number; readonly bodyLength: number };

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Sends one request after the other, each once the one before is answered. */
function converse(socket: Socket, take: () => Buffer | undefined, count: (answer: Answer) => void) {
  return new Promise<void>((resolve, reject) => {
    let pending: Buffer | null = null;
    const end = (error?: Error) => {
      socket.setTimeout(0);
      socket.removeAllListeners();
      if (error === undefined) resolve();
      else reject(error);
    };
    const send = () => {
      const request = take();
      if (request === undefined) end();
      else socket.write(request);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => end(new Error('a request was not answered in time')));
    socket.on('error', end);
    socket.on('close', () => end(new Error('the server closed a connection')));
    socket.on('data', (chunk) => {
      const received: Buffer = pending === null ? chunk : Buffer.concat([pending, chunk]);
      const answer = readAnswer(received);
      pending = answer === null ? received : null;
      if (answer === null) return;
      count(answer);
      send();
    });
    send();
  });
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
