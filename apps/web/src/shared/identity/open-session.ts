import { followConnection } from '../connection/connection.ts';
import { accessToken, session } from './session.ts';

const RETRY_MS = 3_000;

/** Finds out who uses the page, and tries again until the server has answered. */
export function openSession(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reports = followConnection({ retry: () => void ask() });

  async function ask(): Promise<void> {
    clearTimeout(timer);
    try {
      await accessToken();
      reports.answered();
    } catch (error) {
      if (session.value.kind === 'unknown') {
        const code = error instanceof TypeError ? 'UNREACHABLE' : 'UNAVAILABLE';
        reports.failed({ code, retryAt: Date.now() + RETRY_MS });
        timer = setTimeout(() => void ask(), RETRY_MS);
        return;
      }
    }
    reports.end();
  }

  void ask();
}
