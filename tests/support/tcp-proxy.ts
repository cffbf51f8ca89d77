import { type Socket, connect, createServer } from 'node:net';

/**
 * A proxy in front of a server, for tests of network faults. `PASS` forwards; `SWALLOW` drops every byte and every FIN
 * while the connections stay open; `CUT` closes all connections and accepts no more.
 */
export type TcpProxy = {
  /** The given URL with the address of the proxy. */
  readonly url: string;
  setMode(mode: ProxyMode): void;
  /** Sets the mode as soon as a client sends bytes that contain `text`; those bytes do not pass. */
  setModeOn(text: string, mode: ProxyMode): Promise<void>;
  /** Closes all connections; new ones reach the server on this port, as after a failover. */
  switchTo(port: number): void;
  close(): Promise<void>;
};

export type ProxyMode = 'PASS' | 'SWALLOW' | 'CUT';

export async function openTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  let targetPort = Number(target.port);
  const sockets = new Set<Socket>();
  let mode: ProxyMode = 'PASS';
  let trigger: { text: string; fire: () => void } | null = null;

  function destroyAll(): void {
    for (const socket of sockets) socket.destroy();
  }
  function setMode(next: ProxyMode): void {
    mode = next;
    if (mode === 'CUT') destroyAll();
  }
  function forward(from: Socket, to: Socket, isRequest: boolean): void {
    sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (chunk) => {
      if (isRequest && trigger !== null && chunk.includes(trigger.text)) trigger.fire();
      if (mode === 'PASS') to.write(chunk);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      if (mode !== 'SWALLOW') to.destroy();
    });
  }

  const server = createServer((client) => {
    if (mode === 'CUT') {
      client.destroy();
      return;
    }
    const upstream = connect(targetPort, target.hostname);
    forward(client, upstream, true);
    forward(upstream, client, false);
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
    setModeOn: (text, next) =>
      new Promise((resolve) => {
        trigger = {
          text,
          fire() {
            trigger = null;
            setMode(next);
            resolve();
          },
        };
      }),
    switchTo(port) {
      targetPort = port;
      destroyAll();
    },
    close: () =>
      new Promise((resolve) => {
        destroyAll();
        server.close(() => resolve());
      }),
  };
}
