import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startLocalServer } from './local-server.ts';
import { type HaproxyProgram, haproxyOnPath, haproxyUnpacked } from './program.ts';
import { openFirstAvailable, type PrivateServer } from './service.ts';

const CONFIGURATION = new URL('../../../docker/haproxy/haproxy.cfg', import.meta.url);
const READY_WITHIN_MS = 30_000;

/** Starts HAProxy with the configuration of docker/ in front of the members of a group, which listen on `ports`. */
export async function startHaproxy(ports: readonly number[]): Promise<PrivateServer> {
  return openFirstAvailable('HAProxy', [
    { name: 'haproxy on the PATH', open: async () => start(await haproxyOnPath(), ports) },
    { name: 'packages of Debian or Ubuntu', open: async () => start(await haproxyUnpacked(), ports) },
  ]);
}

function start({ command, how }: HaproxyProgram, ports: readonly number[]): Promise<PrivateServer> {
  return startLocalServer({
    name: 'haproxy',
    how,
    readyWithinMs: READY_WITHIN_MS,
    command(dir, port) {
      writeFileSync(join(dir, 'haproxy.cfg'), configurationFor(dir, port, ports));
      return [...command, '-db', '-f', join(dir, 'haproxy.cfg')];
    },
    url: (port) => `mysql://127.0.0.1:${port}`,
    isReady: (_port, dir) => answers(join(dir, 'admin.sock')),
  });
}

/** The addresses and the socket differ on this machine. */
function configurationFor(dir: string, port: number, ports: readonly number[]): string {
  return [
    ['bind :3306', `bind 127.0.0.1:${port}`],
    ['/run/haproxy/admin.sock', join(dir, 'admin.sock')],
    ...ports.map((member, index) => [`mysql-${index + 1}:3306`, `127.0.0.1:${member}`]),
  ].reduce(
    (text, [from, to]) => {
      if (!text.includes(from!)) throw new Error(`docker/haproxy/haproxy.cfg has no "${from}"`);
      return text.replace(from!, to!);
    },
    readFileSync(CONFIGURATION, 'utf8'),
  );
}

function answers(socketFile: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketFile, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
