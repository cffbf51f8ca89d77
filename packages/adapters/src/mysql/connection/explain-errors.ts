import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { MysqlTls } from './tls.ts';

/** What the operator does about an error of the server, by its number. */
const REMEDIES: Readonly<Record<number, string>> = {
  1049: 'run "pnpm migrate"', // unknown database
  3159: 'set MYSQL_TLS=on', // the server requires TLS
  1290: 'MYSQL_URL must lead to the primary', // the server is read-only
};

type Server = {
  readonly url: string;
  readonly tls?: MysqlTls | null;
  /** The variable that has the URL. */
  readonly variable?: string;
};

/** Runs `work`. An error that it throws becomes one line that names the server, the variables and the reason. */
export async function explainErrors<T>(
  { url, tls, variable = 'MYSQL_URL' }: Server,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { hostname, port } = new URL(url);
    const variables = tls ? `${variable}, MYSQL_TLS, MYSQL_TLS_CA_FILE` : variable;
    const server = `MySQL at ${hostname}:${port || 3306} (${variables})`;
    throw new Error(`cannot use ${server}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The driver's message, which contains no password. */
function reasonOf(error: unknown): string {
  if (error instanceof Unavailable && error.cause !== undefined) return reasonOf(error.cause);
  // A host with several addresses fails with an AggregateError, whose own message is empty.
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const remedy = 'errno' in error ? REMEDIES[Number(error.errno)] : undefined;
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
}
