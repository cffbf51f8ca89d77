import { readFileSync } from 'node:fs';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import type { CertificateFiles } from '../support/certificates.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateMysql } from '../support/services/start-mysql.ts';
import { waitUntil } from '../support/services/wait-until.ts';
import { type GroupNetwork, openGroupNetwork } from './group-network.ts';

export type Member = {
  readonly name: string;
  readonly server: PrivateServer;
  /** Starts the server, which then joins the group by itself; with `stayApart`, it does not. */
  readonly start: (options?: { readonly stayApart?: boolean }) => Promise<void>;
  /** Rows of a query over a connection of its own, as root. */
  readonly ask: (query: string) => Promise<readonly RowDataPacket[]>;
};

/** Three members of Group Replication with the settings of docker/mysql, on loopback. */
export type MysqlGroup = {
  readonly members: readonly Member[];
  readonly network: GroupNetwork;
  /** The primary as the members that answer see it. */
  primary(): Promise<Member>;
  /** Resolves when every member is ONLINE in the group of the others. */
  awaitWhole(withinMs: number): Promise<void>;
  /** Resolves when every one of these members has applied what any of them has. */
  awaitSame(members: readonly Member[]): Promise<void>;
  close(): Promise<void>;
};

export const MEMBERS = 3;
const SETTINGS = new URL('../../docker/mysql/group-member.cnf', import.meta.url);
const HEALTH_CHECK = new URL('../../docker/haproxy/health-check.sql', import.meta.url);
/** The account by which members reach each other, and its password. */
const MEMBER_ACCOUNT = ['member', 'only on loopback'];
/** A server that starts so does not join its group. */
const APART = '--loose-group-replication-start-on-boot=OFF';
const ONLINE_WITHIN_MS = 60_000;
const SAME_WITHIN_MS = 30_000;
const ASK_TIMEOUT_MS = 2_000;

/** `certificate` is that of every member, for 127.0.0.1 and for the name by which the processes of frontrow connect. */
export async function startMysqlGroup(certificate: CertificateFiles): Promise<MysqlGroup> {
  const network = await openGroupNetwork(MEMBERS);
  const members: Member[] = [];
  const close = async () => {
    await Promise.all(members.map(({ server }) => server.stop()));
    await network.close();
  };
  try {
    const starting = Array.from({ length: MEMBERS }, (_, index) => startMember(index, network, certificate));
    for (const started of await Promise.allSettled(starting))
      if (started.status === 'fulfilled') members.push(started.value);
    await Promise.all(starting);
    await formGroup(members);
    return {
      members,
      network,
      primary: () => findPrimary(members),
      awaitWhole: (withinMs) => awaitOnline(members, members.length, withinMs),
      awaitSame,
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function startMember(
  index: number,
  network: GroupNetwork,
  { ca, cert, key }: CertificateFiles,
): Promise<Member> {
  const seeds = Array.from({ length: MEMBERS }, (_, each) => network.address(each)).join();
  const boot: string[] = [APART];
  const settings = [
    ...memberSettings(),
    `--ssl-ca=${ca}`,
    `--ssl-cert=${cert}`,
    `--ssl-key=${key}`,
    `--loose-group-replication-recovery-ssl-ca=${ca}`,
    `--server-id=${index + 1}`,
    '--report-host=127.0.0.1',
    `--loose-group-replication-local-address=${network.address(index)}`,
    `--loose-group-replication-group-seeds=${seeds}`,
    '--performance-schema-instrument=%=OFF', // three servers share the machine
  ];
  // Read again at each start.
  const args = { [Symbol.iterator]: () => [...settings, ...boot].values() };
  const server = await startPrivateMysql({ durable: true, bufferPoolMb: 64, args });
  if (server.pid === undefined) {
    await server.stop();
    throw new Error('a member must be a mysqld on this machine, and this is a container');
  }
  network.setServer(index, server);
  return {
    name: `mysql-${index + 1}`,
    server,
    async start({ stayApart = false } = {}) {
      boot.splice(0, boot.length, ...(stayApart ? [APART] : []));
      await server.restart();
    },
    ask: (query) => ask(server.url, query),
  };
}

/** The lines of the option file as arguments. */
function memberSettings(): string[] {
  const lines = readFileSync(SETTINGS, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, name, value] = /^(\w+) = (\S+)/.exec(line) ?? [];
    return name === undefined ? [] : [`--${name.replaceAll('_', '-')}=${value}`];
  });
}

async function ask(url: string, query: string): Promise<readonly RowDataPacket[]> {
  const connection = await createConnection({ uri: url, connectTimeout: ASK_TIMEOUT_MS });
  connection.on('error', () => undefined); // its server may be killed
  try {
    return (await connection.query<RowDataPacket[]>({ sql: query, timeout: ASK_TIMEOUT_MS }))[0];
  } finally {
    connection.destroy();
  }
}

async function formGroup(members: readonly Member[]): Promise<void> {
  await Promise.all(members.map(({ server }) => createMemberAccount(server)));
  const [first, ...others] = members;
  await bootstrap(first!);
  await runFile(first!, HEALTH_CHECK);
  // One after the other: the group takes in one member at a time.
  for (const member of others) await run(member, (db) => db.query('start group_replication'));
  await awaitOnline(members, members.length, ONLINE_WITHIN_MS);
}

/** As step 2 of the runbook has it. */
async function createMemberAccount(server: PrivateServer): Promise<void> {
  const db = await createConnection(server.url);
  await db.query('set global super_read_only = off');
  await db.query('set sql_log_bin = 0');
  await db.query('create user ? identified by ? require ssl', MEMBER_ACCOUNT);
  await db.query(
    'grant replication slave, connection_admin, backup_admin, group_replication_stream on *.* to ?',
    MEMBER_ACCOUNT.slice(0, 1),
  );
  await db.query('set global super_read_only = on');
  await db.query(
    `change replication source to source_user = ?, source_password = ? for channel 'group_replication_recovery'`,
    MEMBER_ACCOUNT,
  );
  await db.end();
}

/** Makes the member the first of the group. */
export async function bootstrap(member: Member): Promise<void> {
  await run(member, async (db) => {
    await db.query('set global group_replication_bootstrap_group = on');
    await db.query('start group_replication');
    await db.query('set global group_replication_bootstrap_group = off');
  });
}

export async function run<T>(member: Member, work: (db: Connection) => Promise<T>): Promise<T> {
  const db = await createConnection({ uri: member.server.url, multipleStatements: true });
  db.on('error', () => undefined);
  try {
    return await work(db);
  } finally {
    db.destroy();
  }
}

/** Throws unless a majority of the group agrees with the member in time, as HAProxy's health check asks it. */
export async function agree(member: Member): Promise<void> {
  await run(member, async (db) => {
    await db.query(`set session group_replication_consistency = 'BEFORE'`);
    await db.query({ sql: 'select text from health_check.answer', timeout: ASK_TIMEOUT_MS });
  });
}

async function runFile(member: Member, file: URL): Promise<void> {
  const text = readFileSync(file, 'utf8').replaceAll(/^--.*$/gm, '');
  await run(member, (db) => db.query(text));
}

const ROLES = `select member_port as port, member_state as state, member_role as role
  from performance_schema.replication_group_members`;

/** Of those that answer, one that is the primary in the view of a majority. */
async function findPrimary(members: readonly Member[]): Promise<Member> {
  const views = await Promise.all(members.map(({ ask: query }) => query(ROLES).catch(() => [])));
  const found = members.find(
    ({ server }) =>
      views.filter((rows) =>
        rows.some(
          (row) => row['port'] === server.port && row['role'] === 'PRIMARY' && row['state'] === 'ONLINE',
        ),
      ).length >
      members.length / 2,
  );
  if (found === undefined) throw new Error('the group has no primary');
  return found;
}

async function awaitOnline(members: readonly Member[], count: number, withinMs: number): Promise<void> {
  await waitUntil(async () => {
    for (const member of members) {
      const online = (await member.ask(ROLES)).filter((row) => row['state'] === 'ONLINE');
      if (online.length !== count) throw new Error(`${member.name} sees ${online.length} members ONLINE`);
    }
  }, withinMs);
}

async function awaitSame(members: readonly Member[]): Promise<void> {
  const executed = await Promise.all(
    members.map(async ({ ask: query }) =>
      String((await query('select @@gtid_executed as gtids'))[0]!['gtids']),
    ),
  );
  await Promise.all(
    members.map((member) =>
      waitUntil(async () => {
        const missing = executed.map(
          (gtids) => `gtid_subset('${gtids.replaceAll('\n', '')}', @@gtid_executed)`,
        );
        const [row] = await member.ask(`select ${missing.join(' and ')} as has_all`);
        return row!['has_all'] === 1;
      }, SAME_WITHIN_MS),
    ),
  );
}
