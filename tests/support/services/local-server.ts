import { freePort } from './free-port.ts';
import { launchServer, type ServerProcess } from './server-process.ts';
import type { PrivateServer } from './service.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary-folder.ts';

const PORT_ATTEMPTS_MAX = 4;

export type LocalServer = {
  readonly name: string;
  readonly how: string;
  /** The working folder, which is kept; by default a temporary one, which `stop` removes. */
  readonly dir?: string | undefined;
  readonly port?: number | undefined;
  readonly readyWithinMs: number;
  /** Fills the folder before the first start. */
  prepare?(dir: string): Promise<void>;
  command(dir: string, port: number): readonly string[];
  url(port: number): string;
  /** True when the process `pid` in `dir` answers, and not another process on its port. */
  isReady(port: number, dir: string, pid: number): Promise<boolean>;
};

/** Starts a process on this machine that listens on a loopback port. */
export async function startLocalServer(server: LocalServer): Promise<PrivateServer> {
  if (server.dir !== undefined) return serve(server, server.dir);
  const dir = await makeTemporaryFolder(server.name);
  try {
    return await serve(server, dir);
  } catch (cause) {
    await removeTemporaryFolder(dir);
    throw cause;
  }
}

async function serve(server: LocalServer, dir: string): Promise<PrivateServer> {
  const temporary = server.dir === undefined;
  const launchAt = (port: number) =>
    launchServer({
      name: server.name,
      command: server.command(dir, port),
      dir,
      removeDir: temporary,
      readyWithinMs: server.readyWithinMs,
      isReady: (pid) => server.isReady(port, dir, pid),
    });
  await server.prepare?.(dir);
  const { port, process } =
    server.port === undefined
      ? await launchOnFreePort(launchAt)
      : { port: server.port, process: await launchAt(server.port) };

  let current: ServerProcess | undefined = process;
  const end = async (signal: NodeJS.Signals) => {
    await current?.end(signal);
    current = undefined;
  };
  return {
    url: server.url(port),
    how: server.how,
    port,
    hostForPeers: '127.0.0.1',
    get pid() {
      return current?.pid;
    },
    kill: (signal = 'SIGKILL') => end(signal),
    async restart() {
      await end('SIGTERM');
      current = await launchAt(port);
    },
    async stop() {
      await end(temporary ? 'SIGKILL' : 'SIGTERM'); // unwritten data of a temporary server is not needed
      if (temporary) await removeTemporaryFolder(dir);
    },
  };
}

/** Retries, because another process may bind a free port before the server does. */
async function launchOnFreePort(launchAt: (port: number) => Promise<ServerProcess>) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { port, process: await launchAt(port) };
    } catch (cause) {
      const lostThePort = cause instanceof Error && /address already in use/i.test(cause.message);
      if (!lostThePort || attempt === PORT_ATTEMPTS_MAX) throw cause;
    }
  }
}
