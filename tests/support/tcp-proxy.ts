import { type Socket, connect, createServer } from 'node:net';

/**
 * A proxy in front of a server, for tests of what a network does to connections.
 *
 * - `PASS` forwards.
 * - `STALL` keeps every byte and every FIN, and delivers them in order with the next `PASS`: a partition that heals.
 * - `SWALLOW` drops every byte and every FIN while the connections stay open. A connection that has lost bytes never
 *   recovers, also after the next `PASS`: a partition that forgets its connections.
 * - `CUT` closes the connections and accepts no more.
 */
export type ProxyMode = 'PASS' | 'STALL' | 'SWALLOW' | 'CUT';

export type TcpProxy = {
  /** The given URL with the address of the proxy. */
  readonly url: string;
  setMode(mode: ProxyMode): void;
  /** Sets the mode as soon as a client sends bytes that contain `text`; those bytes do not pass. */
  setModeOn(text: string, mode: ProxyMode): Promise<void>;
  /** Sets SWALLOW behind the next bytes of a client that contain `text`: they pass, and their answer does not. */
  swallowAnswerTo(text: string): Promise<void>;
  /** How many times a client has sent, so far: the round trips of a protocol in which it waits for each answer. */
  sent(): number;
  /** Delays every byte, in both directions. */
  setLatency(ms: number): void;
  /** Closes all connections; new ones reach the server on this port, as after a failover. */
  switchTo(port: number): void;
  /** New connections reach the server on this port, and the others stay open. */
  redirectTo(port: number): void;
  close(): Promise<void>;
};

/** One direction of a connection. */
type Pipe = { readonly receive: (chunk: Buffer | null) => void; readonly deliver: () => void };

export async function openTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  let targetPort = Number(target.port);
  const sockets = new Set<Socket>();
  const pipes = new Set<Pipe>();
  let mode: ProxyMode = 'PASS';
  let latencyMs = 0;
  let sent = 0;
  let trigger: { text: string; fire: () => void; when: 'BEFORE' | 'AFTER' } | null = null;

  function destroyAll(): void {
    for (const socket of sockets) socket.destroy();
  }
  function setMode(next: ProxyMode): void {
    mode = next;
    if (mode === 'CUT') destroyAll();
    if (mode === 'PASS') for (const pipe of pipes) pipe.deliver();
  }

  function setTrigger(text: string, next: ProxyMode, when: 'BEFORE' | 'AFTER'): Promise<void> {
    return new Promise((resolve) => {
      trigger = {
        text,
        when,
        fire() {
          trigger = null;
          setMode(next);
          resolve();
        },
      };
    });
  }

  /** A null chunk is the end of the connection. */
  function createPipe(to: Socket, connection: { isLost: boolean }): Pipe {
    const queue: { readonly chunk: Buffer | null; readonly dueAt: number }[] = [];
    const deliver = () => {
      if (mode !== 'PASS') return;
      for (let next = queue[0]; next !== undefined; next = queue[0]) {
        const { chunk, dueAt } = next;
        const waitMs = dueAt - performance.now();
        // A timer may fire a little early.
        if (waitMs > 0) {
          setTimeout(deliver, waitMs);
          return;
        }
        queue.shift();
        if (chunk === null) to.destroy();
        else to.write(chunk);
      }
    };
    const receive = (chunk: Buffer | null) => {
      if (mode === 'SWALLOW') connection.isLost = true;
      if (connection.isLost) return;
      queue.push({ chunk, dueAt: performance.now() + latencyMs });
      deliver();
    };
    return { receive, deliver };
  }

  function forward(from: Socket, pipe: Pipe, isRequest: boolean): void {
    sockets.add(from);
    pipes.add(pipe);
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => {
      if (isRequest) sent += 1;
      const fired = isRequest && trigger !== null && chunk.includes(trigger.text) ? trigger : null;
      if (fired?.when === 'BEFORE') fired.fire();
      pipe.receive(chunk);
      if (fired?.when === 'AFTER') fired.fire();
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      pipe.receive(null);
    });
  }

  const server = createServer((client) => {
    if (mode === 'CUT') {
      client.destroy();
      return;
    }
    const upstream = connect(targetPort, target.hostname);
    const connection = { isLost: false };
    const [requests, replies] = [createPipe(upstream, connection), createPipe(client, connection)];
    forward(client, requests, true);
    forward(upstream, replies, false);
    upstream.on('close', () => pipes.delete(requests));
    client.on('close', () => pipes.delete(replies));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    setMode,
    setModeOn: (text, next) => setTrigger(text, next, 'BEFORE'),
    swallowAnswerTo: (text) => setTrigger(text, 'SWALLOW', 'AFTER'),
    sent: () => sent,
    setLatency: (ms) => void (latencyMs = ms),
    switchTo(port) {
      targetPort = port;
      destroyAll();
    },
    redirectTo: (port) => void (targetPort = port),
    close: () =>
      new Promise((resolve) => {
        destroyAll();
        server.close(() => resolve());
      }),
  };
}
