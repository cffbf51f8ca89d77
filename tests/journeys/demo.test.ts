import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startProcess } from '../support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('npm run demo waits, is admitted, books and pays for seats on a server started by npm start', async () => {
  const server = await startProcess({
    name: 'embedded',
    main: 'apps/http/src/embedded.ts',
    env: { PORT: '0', WEB: 'off' },
  });
  try {
    const demo = spawn(process.execPath, ['scripts/demo.ts'], {
      cwd: root,
      env: { PATH: process.env['PATH'], FRONTROW_URL: server.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(demo.stdout),
      text(demo.stderr),
      once(demo, 'exit'),
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const positions = [...stdout.matchAll(/Waiting at position (\d) of the line/g)].map(([, digit]) =>
      Number(digit),
    );
    expect(positions.length).toBeGreaterThan(0);
    expect(positions).toEqual(positions.toSorted((a, b) => b - a));
    expect(stdout).toMatch(/→ POST \/v1\/payments .*\n← 201 /);
    expect(stdout).toMatch(/"status":"CONFIRMED"/);
    expect(stdout).toMatch(/"status":"COMPLETED"/);
  } finally {
    await server.kill('SIGKILL');
  }
});
