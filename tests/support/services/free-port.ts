import { createServer } from 'node:net';

// Below the range of ports for outgoing connections. A killed server must get its port back at its restart, and a
// client that retries in between must not connect to itself.
const PORT_MIN = 12_000;
const PORT_MAX = 31_999;
const ATTEMPTS_MAX = 50;

/** A loopback port on which no process listened just now. Another process may bind it before the caller does. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN + 1));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found in ${ATTEMPTS_MAX} attempts`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
