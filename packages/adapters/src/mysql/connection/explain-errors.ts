import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { isSharded } from '../shards/sharded-url.ts';
import type { MysqlTls } from './tls.ts';

/** What the operator does about an error of the server, by its number. */
const REMEDIES: Readonly<Record<number, string>> = {
  1049: 'run "pnpm migrate"', // unknown database
  3159: 'set MYSQL_TLS=on', // the server requires TLS
  1290: 'MYSQL_URL must lead to the primary', // the server is read-only
};

const NEEDS_VTGATE = 'vitess:// needs a vtgate with the keyspaces sales, accounts and staff';
const REMEDIES_ON_SHARDS: typeof REMEDIES = {
  1049: NEEDS_VTGATE, // unknown database
  1064: NEEDS_VTGATE, // MySQL itself does not parse the statements of Vitess
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
    throw new Error(
      `cannot use ${server}: ${reasonOf(error, isSharded(url) ? REMEDIES_ON_SHARDS : REMEDIES)}`,
      { cause: error },
    );
  }
}

/** The driver's message, which contains no password. */
function reasonOf(error: unknown, remedies: typeof REMEDIES): string {
  if (error instanceof Unavailable && error.cause !== undefined) return reasonOf(error.cause, remedies);
  // A host with several addresses fails with an AggregateError, whose own message is empty.
  if (error instanceof AggregateError) return reasonOf(error.errors[0], remedies);
  if (!(error instanceof Error)) return String(error);
  const remedy = 'errno' in error ? remedies[Number(error.errno)] : undefined;
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
}
