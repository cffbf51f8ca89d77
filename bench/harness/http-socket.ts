import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

export type Answer = { readonly status: number; readonly body: Buffer };

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = 'content-length: ';

/** The bytes of an HTTP/1.1 request; `line` is method and path, `body` is sent as JSON. */
export function wireRequest(
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: object,
): Buffer {
  const json = body === undefined ? '' : JSON.stringify(body);
  const bodyHeaders =
    json === ''
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(json)) };
  const fields = Object.entries({ Host: '127.0.0.1', ...headers, ...bodyHeaders }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from([`${line} HTTP/1.1`, ...fields, '', json].join('\r\n'));
}

export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/**
 * Calls `onAnswer` for each complete answer until the returned function is called. The socket may have only one request
 * in flight. `onError` gets errors of the connection and its end.
 */
export function onAnswers(
  socket: Socket,
  onAnswer: (answer: Answer) => void,
  onError: (error: Error) => void,
): () => void {
  let pending: Buffer | null = null;
  socket.on('error', onError);
  socket.on('close', () => onError(new Error('the server closed a connection')));
  socket.on('data', (chunk) => {
    const received: Buffer = pending === null ? chunk : Buffer.concat([pending, chunk]);
    const answer = readAnswer(received);
    pending = answer === null ? received : null;
    if (answer !== null) onAnswer(answer);
  });
  return () => {
    socket.setTimeout(0);
    socket.removeAllListeners();
  };
}

/** Returns null while the answer is incomplete. */
function readAnswer(received: Buffer): Answer | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const head = received.toString('latin1', 0, headEnd);
  const at = head.indexOf(LENGTH);
  const bodyLength = at === -1 ? 0 : Number.parseInt(head.slice(at + LENGTH.length), 10);
  const bodyStart = headEnd + HEAD_END.length;
  if (received.length < bodyStart + bodyLength) return null;
  return { status: Number(head.slice(9, 12)), body: received.subarray(bodyStart, bodyStart + bodyLength) };
}
