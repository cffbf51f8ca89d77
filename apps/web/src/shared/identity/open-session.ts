import { followConnection } from '../connection/connection.ts';
import { accessToken, session } from './session.ts';

const RETRY_MS = 3_000;

/** Finds out who uses the page, and tries again until the server has answered. */
export function openSession(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reports = followConnection({ retry: ask });

  function ask(): void {
    clearTimeout(timer);
    accessToken().then(
      () => reports.end(),
      () => {
        if (session.value.kind !== 'unknown') return reports.end();
        reports.failed({ code: 'UNREACHABLE', retryAt: Date.now() + RETRY_MS });
        timer = setTimeout(ask, RETRY_MS);
      },
    );
  }

  ask();
}
