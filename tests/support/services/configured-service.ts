import type { Service } from './service.ts';

/** The server whose URL an environment variable gives. Once given it must answer: nothing else is tried instead. */
export async function findConfiguredService(
  variable: 'TEST_MYSQL_URL' | 'TEST_REDIS_URL',
  ask: (url: string) => Promise<unknown>,
): Promise<Service | undefined> {
  const url = process.env[variable];
  if (!url) return undefined;
  await ask(url).catch((cause: unknown) => {
    // A refused connection is an AggregateError without a message of its own, but with a code.
    const { code, message } = cause as { code?: string; message?: string };
    throw new Error(`${variable} is set, but does not answer: ${code ?? message ?? String(cause)}`, {
      cause,
    });
  });
  return { url, how: variable, stop: async () => undefined };
}

/** For the list of what was tried. */
export function notConfigured(variable: string) {
  return { name: variable, open: () => Promise.reject(new Error('not set')) };
}
