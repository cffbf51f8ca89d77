// `npm start`: builds the pages if their sources have changed, then runs the service in this process.
import { exitOnStartError } from '@frontrow/adapters/process/exit-on-start-error.ts';
import { ensureWebBuild } from '../apps/web/build/ensure-web-build.ts';

if (process.env['WEB'] !== 'off') await exitOnStartError(async () => ensureWebBuild());
await import('../apps/http/src/embedded.ts');
