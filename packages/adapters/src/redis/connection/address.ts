/** Where Redis is, as REDIS_URL says. */
export type RedisAddress = {
  readonly kind: 'SINGLE' | 'CLUSTER' | 'SENTINEL';
  /** The server, some nodes of the cluster, or some Sentinels. */
  readonly hosts: readonly RedisHost[];
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The name by which the Sentinels know the primary; empty for the other kinds. */
  readonly primaryName: string;
  readonly database: number;
};

export type RedisHost = { readonly host: string; readonly port: number };

const KINDS = { '': 'SINGLE', '+cluster': 'CLUSTER', '+sentinel': 'SENTINEL' } as const;
const PORT_DEFAULT = 6379;

/** Throws an error whose message begins with "must". It repeats nothing of the URL, which may contain a password. */
export function parseRedisUrl(url: string): RedisAddress {
  const [, secure, suffix, userInfo, servers = '', rest = ''] =
    /^redis(s?)(\+cluster|\+sentinel|):\/\/(?:(.*)@)?([^@/?#]*)(.*)$/.exec(url) ?? [];
  if (suffix === undefined)
    throw new Error(
      'must be a URL like redis://host:6379, redis+cluster://host:6379,host:6379 or redis+sentinel://host:26379,host:26379/name',
    );
  if (/[?#]/.test(rest))
    throw new Error('must have no parameters after a question mark; rediss:// turns TLS on');
  const kind = KINDS[suffix as keyof typeof KINDS];
  return {
    kind,
    hosts: readHosts(kind, servers),
    tls: secure === 's',
    ...readUserInfo(userInfo ?? ''),
    ...readPath(kind, rest.slice(1)),
  };
}

function readHosts(kind: RedisAddress['kind'], servers: string): RedisHost[] {
  const texts = servers.split(',');
  if (kind === 'SINGLE' && texts.length > 1)
    throw new Error('must name one server, or begin with redis+cluster:// or redis+sentinel://');
  return texts.map((text) => {
    const [, literal, name, digits] =
      /^(?:\[([\da-fA-F:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
    const host = literal ?? name;
    if (host === undefined) throw new Error('must name each server as host:port');
    if (digits === undefined && kind !== 'SINGLE') throw new Error('must name the port of each server');
    const port = digits === undefined ? PORT_DEFAULT : Number(digits);
    if (port < 1 || port > 65_535) throw new Error('must have ports from 1 to 65535');
    return { host, port };
  });
}

function readUserInfo(text: string): Pick<RedisAddress, 'username' | 'password'> {
  const separator = text.indexOf(':');
  const [username, password] =
    separator === -1 ? [text, ''] : [text.slice(0, separator), text.slice(separator + 1)];
  if (username !== '' && password === '')
    throw new Error('must have a password behind the user, as user:password@');
  try {
    return {
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
    };
  } catch {
    throw new Error('must have a percent sign in the password as %25');
  }
}

function readPath(kind: RedisAddress['kind'], path: string): Pick<RedisAddress, 'primaryName' | 'database'> {
  const parts = path === '' ? [] : path.split('/');
  if (kind === 'CLUSTER') {
    if (parts.length > 0) throw new Error('must name no database: a cluster has only one');
    return { primaryName: '', database: 0 };
  }
  const [primaryName = ''] = kind === 'SENTINEL' ? parts.splice(0, 1) : [];
  if (kind === 'SENTINEL' && !/^[\w.-]+$/.test(primaryName))
    throw new Error('must name the primary of the Sentinels, as redis+sentinel://host:26379/name');
  const [database = '0', ...others] = parts;
  if (others.length > 0 || !/^\d{1,15}$/.test(database))
    throw new Error('must have at most the number of a database at its end');
  return { primaryName, database: Number(database) };
}
