import { readFile } from 'node:fs/promises';
import { issueCertificate, writeCertificate } from '../certificates.ts';
import type { RedisAccess } from '../services/start-redis.ts';
import { makeTemporaryFolder } from '../services/temporary-folder.ts';

/** What a set asks of its clients where it has TLS and passwords. */
export type SecuredAccess = RedisAccess & {
  /** The user whom a set of its own has for frontrow. */
  readonly user: { readonly name: string; readonly password: string; readonly rules: readonly string[] };
  /** Of the Sentinels. */
  readonly sentinelPassword: string;
  /** What a Sentinel allows with that password. */
  readonly sentinelRules: readonly string[];
};

/** The name in the certificate, by which the servers announce themselves. */
export const SECURED_HOST = 'localhost';

/** With the users that the runbook lists. */
export async function createSecuredAccess(): Promise<SecuredAccess> {
  const issued = await issueCertificate(SECURED_HOST);
  const runbook = await readFile(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  return {
    ca: issued.ca.cert,
    certificate: await writeCertificate(await makeTemporaryFolder('certificates'), 'redis', issued),
    password: 'of-the-servers',
    user: { name: 'frontrow', password: 'of-frontrow', rules: rulesOf('frontrow', runbook) },
    sentinelPassword: 'of-the-sentinels',
    sentinelRules: rulesOf('default', runbook),
  };
}

function rulesOf(user: string, runbook: string): readonly string[] {
  const [, rules] = new RegExp(`^user ${user} on >password (.*)$`, 'm').exec(runbook) ?? [];
  if (rules === undefined) throw new Error(`the runbook lists no rules of the user ${user}`);
  return rules.split(' ');
}

/** Arguments of a server that has the user. */
export function userArgs({ user: { name, password, rules } }: SecuredAccess): string[] {
  return ['--user', name, 'on', `>${password}`, ...rules];
}

/** The user's part of a URL, and the host by which clients reach the servers. */
export function addressOf(access: SecuredAccess | undefined) {
  return access === undefined
    ? { scheme: 'redis', userInfo: '', host: '127.0.0.1' }
    : {
        scheme: 'rediss',
        userInfo: `${access.user.name}:${access.user.password}@`,
        host: SECURED_HOST,
      };
}
