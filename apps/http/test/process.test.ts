import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function run(file: 'embedded' | 'main', env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../src/${file}.ts`, import.meta.url))], {
    env: { PATH: process.env['PATH'], ...env },
  });
  children.push(child);
  let output = '';
  const collect = (chunk: Buffer) => void (output += String(chunk));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const printed = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(output);
      if (found !== null) return found;
      const next = await Promise.race([once(child.stdout, 'data'), exited]);
      if (!Array.isArray(next)) throw new Error(`ended with ${next} before ${pattern}: ${output}`);
    }
  };
  return { child, exited, printed, output: () => output };
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

describe('the embedded process', () => {
  it('serves demo concerts, warns that it keeps no data, and exits 0 on SIGTERM', async () => {
    const { child, exited, printed, output } = run('embedded', { PORT: '0', WEB: 'off' });
    const [, address = ''] = await printed(/^frontrow http listening on (http:\/\/\S+)$/m);
    await printed(/Ctrl\+C/);
    expect(output()).toMatch(/memory mode: for this one process only, and it forgets everything at exit/);
    expect(output()).toContain(`${address}/docs`);
    expect(output()).toMatch(/To allow one: CORS_ORIGINS=http:\/\/localhost:5173 npm start/);

    const ask = async (path: string, init?: RequestInit) => (await fetch(address + path, init)).json();
    const { items } = (await ask('/v1/concerts')) as { items: { id: string }[] };
    expect(items.length).toBeGreaterThanOrEqual(3);
    const { accessToken } = (await ask('/v1/dev/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'fan' }),
    })) as { accessToken: string };
    const joined = await ask(`/v1/concerts/${items[0]?.id}/queue-tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(joined).toMatchObject({ status: 'ACTIVE', room: 'OPEN' });

    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  it('serves probes and metrics on a port of their own, and nothing else there', async () => {
    const { child, exited, printed } = run('embedded', { PORT: '0', OPERATIONS_PORT: '0', WEB: 'off' });
    const [, address = ''] = await printed(/^frontrow http listening on (http:\/\/\S+)$/m);
    const [, operations = ''] = await printed(/^frontrow http probes at (http:\/\/\S+)$/m);
    for (const path of ['/livez', '/readyz', '/metrics']) {
      expect([path, await statusOf(operations + path)]).toEqual([path, 200]);
      expect([path, await statusOf(address + path)]).toEqual([path, 404]);
    }
    expect(await statusOf(`${address}/v1/concerts`)).toBe(200);
    expect(await statusOf(`${operations}/v1/concerts`)).toBe(404);
    const metrics = await (await fetch(`${operations}/metrics`)).text();
    expect(metrics).toMatch(
      /http_request_duration_seconds_count\{.*route="\/v1\/concerts",status_code="200"\} 1/,
    );
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  it('is refused in production', async () => {
    const { exited, output } = run('embedded', { NODE_ENV: 'production' });
    expect(await exited).toBe(1);
    expect(output()).toMatch(/NODE_ENV must not be production/);
    expect(output()).not.toMatch(/\n\s+at /);
  });

  it('reports a port in use in one line', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { exited, output } = run('embedded', { PORT: String(port), LOG_LEVEL: 'silent', WEB: 'off' });
    expect(await exited).toBe(1);
    expect(output()).toMatch(/^frontrow: .*EADDRINUSE.*\n$/);
    other.close();
  });
});

describe('the HTTP process', () => {
  it('names every missing variable, without a stack trace', async () => {
    const { exited, output } = run('main', { MYSQL_URL: 'mysql://root@127.0.0.1:1/frontrow', PORT: 'no' });
    expect(await exited).toBe(1);
    for (const variable of [
      'REDIS_URL',
      'QUEUE_TOKEN_SECRETS',
      'ENTRY_TICKET_SECRETS',
      'AUTH_JWKS_URL',
      'PORT',
    ])
      expect(output()).toContain(variable);
    expect(output()).not.toMatch(/\n\s+at /);
  });

  it('names the servers that cannot be reached in one line', async () => {
    const { exited, output } = run('main', {
      MYSQL_URL: 'mysql://root@127.0.0.1:1/frontrow',
      REDIS_URL: 'redis://127.0.0.1:1',
      QUEUE_TOKEN_SECRETS: 'one:a-secret-of-at-least-32-characters',
      ENTRY_TICKET_SECRETS: 'one:a-secret-of-at-least-32-characters',
      AUTH_JWT_SECRET: 'a-secret-that-has-at-least-32-bytes',
      WEB: 'off',
      LOG_LEVEL: 'silent',
    });
    expect(await exited).toBe(1);
    expect(output()).toMatch(/^frontrow: .*MySQL.*Redis.*\n$/i);
  });
});
