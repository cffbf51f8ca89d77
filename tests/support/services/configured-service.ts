import type { Service } from './service.ts';

/** The server whose URL is in an environment variable. Throws if it does not answer; no other source replaces it. */
export async function findConfiguredService(
  variable: 'TEST_MYSQL_URL' | 'TEST_REDIS_URL',
  ask: (url: string) => Promise<unknown>,
): Promise<Service | undefined> {
  const url = process.env[variable];
  if (!url) return undefined;
  await ask(url).catch((cause: unknown) => {
    // A refused connection is an AggregateError without a message, but with a code.
    const { code, message } = cause as { code?: string; message?: string };
    throw new Error(`${variable} is set, but does not answer: ${code ?? message ?? String(cause)}`, {
      cause,
    });
  });
  return { url, how: variable, stop: async () => undefined };
}

/** The entry for an unset variable in the list of sources. */
export function notConfigured(variable: string) {
  return { name: variable, open: () => Promise.reject(new Error('not set')) };
}
