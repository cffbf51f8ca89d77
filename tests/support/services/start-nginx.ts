import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalServer } from './local-server.ts';
import { type NginxProgram, nginxOnPath, nginxUnpacked } from './program.ts';
import { openFirstAvailable, type PrivateServer } from './service.ts';

const CONFIGURATION = new URL('../../../docker/nginx/nginx.conf', import.meta.url);
const READY_WITHIN_MS = 30_000;
/** The folders of its package may not exist here. */
const TEMPORARY_PATHS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Starts nginx with the configuration of docker/ in front of the processes at `originUrls`. */
export async function startNginx(...originUrls: readonly string[]): Promise<PrivateServer> {
  return openFirstAvailable('nginx', [
    { name: 'nginx on the PATH', open: async () => start(await nginxOnPath(), originUrls) },
    { name: 'packages of Debian or Ubuntu', open: async () => start(await nginxUnpacked(), originUrls) },
  ]);
}

function start({ command, how }: NginxProgram, originUrls: readonly string[]): Promise<PrivateServer> {
  return startLocalServer({
    name: 'nginx',
    how,
    readyWithinMs: READY_WITHIN_MS,
    command(dir, port) {
      writeFileSync(join(dir, 'nginx.conf'), configurationFor(dir, port, originUrls));
      // One process, which is killed as a whole.
      const settings = 'daemon off; master_process off; pid nginx.pid;';
      return [...command, '-e', 'stderr', '-p', dir, '-c', join(dir, 'nginx.conf'), '-g', settings];
    },
    url: (port) => `http://127.0.0.1:${port}`,
    isReady: async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).status === 404,
  });
}

/** The port, the origin and the folders differ on this machine. */
function configurationFor(dir: string, port: number, originUrls: readonly string[]): string {
  const temporary = TEMPORARY_PATHS.map((name) => `  ${name}_temp_path ${join(dir, name)};`).join('\n');
  return [
    ['http {', `http {\n${temporary}`],
    ['listen 8080 reuseport', `listen 127.0.0.1:${port}`],
    ['server http:3000 resolve max_fails=2 fail_timeout=2s;', originUrls.map(serverLine).join('\n')],
    ['/var/cache/nginx/rooms', join(dir, 'rooms')],
    ['/var/cache/nginx/assets', join(dir, 'assets')],
    ['access_log /dev/stdout line;', 'access_log off;'],
  ].reduce(
    (text, [from, to]) => {
      if (!text.includes(from!)) throw new Error(`docker/nginx/nginx.conf has no "${from}"`);
      return text.replace(from!, to!);
    },
    readFileSync(CONFIGURATION, 'utf8'),
  );
}

function serverLine(url: string): string {
  return `    server ${new URL(url).host} max_fails=2 fail_timeout=2s;`;
}
