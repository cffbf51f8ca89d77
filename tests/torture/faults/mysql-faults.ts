import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Installation } from '../installation.ts';
import type { Fault } from './fault.ts';

/** Asks the server something, past the proxies. */
async function withAdmin<T>(installation: Installation, work: (admin: Connection) => Promise<T>): Promise<T> {
  const admin = await installation.connectToMysql();
  try {
    // Longer than the transaction of a frozen process keeps its locks.
    await admin.query('set session lock_wait_timeout = 30');
    return await work(admin);
  } finally {
    admin.destroy();
  }
}

async function killConnections(admin: Connection): Promise<void> {
  const [rows] = await admin.query<RowDataPacket[]>(
    `select id from information_schema.processlist
     where command in ('Sleep', 'Query') and id <> connection_id() and user <> 'event_scheduler'`,
  );
  for (const row of rows) await admin.query(`kill ${row['id']}`).catch(() => undefined); // gone already
}

const TABLE_FULL_TRIGGER = 'torture_table_full';

/**
 * Makes every insert fail with error 1114, as on a full disk. Triggers raise the error: the server rolls the statement back
 * as on a full disk, and no file system of limited size is needed, which only root could mount.
 */
async function refuseInserts(admin: Connection, whileFull: () => Promise<unknown>): Promise<void> {
  const [rows] = await admin.query<RowDataPacket[]>(
    `select table_name as name from information_schema.tables
     where table_schema = database() and table_name not like 'kysely%'`,
  );
  const names = rows.map(({ name }) => `${TABLE_FULL_TRIGGER}_${name}`);
  try {
    for (const [index, { name }] of rows.entries())
      await admin.query(
        `create trigger ?? before insert on ?? for each row
         signal sqlstate 'HY000' set mysql_errno = 1114, message_text = 'The table is full'`,
        [names[index], name],
      );
    await whileFull();
  } finally {
    for (const name of names) await admin.query('drop trigger if exists ??', [name]);
  }
}

export const MYSQL_FAULTS: readonly Fault[] = [
  {
    name: 'MySQL is killed and started again',
    subject: 'mysql',
    async run({ mysql }, random) {
      await mysql.kill('SIGKILL');
      await delay(random.between(0, 3_000));
      await mysql.restart();
    },
  },
  {
    name: 'MySQL is silent',
    subject: 'mysql',
    async run({ mysql }, random) {
      if (mysql.pid === undefined) return;
      process.kill(mysql.pid, 'SIGSTOP');
      await delay(random.between(500, 6_000));
      process.kill(mysql.pid, 'SIGCONT');
    },
  },
  {
    name: 'MySQL is read-only',
    subject: 'mysql',
    run: (installation, random) =>
      withAdmin(installation, async (admin) => {
        try {
          await admin.query('set global super_read_only = on');
          await delay(random.between(500, 4_000));
        } finally {
          await admin.query('set global super_read_only = off, global read_only = off');
        }
      }),
  },
  {
    name: 'the disk of MySQL is full',
    subject: 'mysql',
    run: (installation, random) =>
      withAdmin(installation, (admin) => refuseInserts(admin, () => delay(random.between(500, 4_000)))),
  },
  {
    name: 'a backup locks every table of MySQL',
    subject: 'mysql',
    run: (installation, random) =>
      withAdmin(installation, async (admin) => {
        await admin.query('flush tables with read lock');
        await delay(random.between(500, 4_000));
        await admin.query('unlock tables');
      }),
  },
  {
    name: 'MySQL closes every connection',
    subject: 'mysql',
    run: (installation) => withAdmin(installation, killConnections),
  },
  {
    name: 'MySQL accepts no more connections',
    subject: 'mysql',
    run: (installation, random) =>
      withAdmin(installation, async (admin) => {
        const [[row]] = await admin.query<RowDataPacket[]>('select @@max_connections as maximum');
        try {
          await admin.query('set global max_connections = 1');
          await killConnections(admin);
          await delay(random.between(500, 3_000));
        } finally {
          await admin.query(`set global max_connections = ${row?.['maximum']}`);
        }
      }),
  },
];
