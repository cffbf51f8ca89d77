import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = join(PACKAGE, '../../docs/openapi.json');

test('docs/openapi.json passes the recommended rules of redocly', async () => {
  const redocly = join(PACKAGE, 'node_modules/.bin/redocly');
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  // Clients need the schema of any problem, although each answer names the codes that it may have.
  const args = ['lint', DOCUMENT, '--format', 'json', '--skip-rule', 'no-unused-components'];
  // From a folder without a configuration of redocly.
  const { stdout } = await run(redocly, args, { env, cwd: join(PACKAGE, 'test') });
  expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 } });
});
