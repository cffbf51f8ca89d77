import { InvariantViolation } from '@frontrow/domain/shared/invariant.ts';
import { CompiledQuery, sql } from 'kysely';
import { openTcpProxy } from '@frontrow/tests/support/tcp-proxy.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { type Mysql, openMysql } from '../../../src/mysql/connection/open-mysql.ts';
import { deferSql, runSql } from '../../../src/mysql/connection/run-sql.ts';

describe('deferred statements', () => {
  let database: TestDatabase;
  let proxy: Awaited<ReturnType<typeof openTcpProxy>>;
  let mysql: Mysql;
  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await openTcpProxy(database.url);
    mysql = openMysql({ url: proxy.url, poolSize: 1 });
    await sql`create table note (id int primary key, text varchar(100))`.execute(mysql.db);
  });
  beforeEach(async () => {
    await sql`delete from note`.execute(mysql.db);
  });
  afterAll(async () => {
    await mysql.close();
    await proxy.close();
    await database.drop();
  });

  const insert = 'insert into note values (?, ?)';
  const readNotes = async () => (await sql`select * from note order by id`.execute(mysql.db)).rows;
  const begin = () => mysql.db.startTransaction().execute();

  it('go to the server with the next statement, in their order', async () => {
    const before = proxy.sent();
    const transaction = await begin();
    await deferSql(transaction, insert, [1, 'one']);
    await deferSql(transaction, 'update note set text = ? where id = ?', ['two', 1], 1);
    expect(proxy.sent()).toBe(before);
    const { rows } = await runSql(transaction, 'select text from note where id in (?)', [[1]]);
    expect(rows).toEqual([{ text: 'two' }]);
    expect(proxy.sent()).toBe(before + 1);
    await deferSql(transaction, insert, [2, 'with the commit']);
    await transaction.commit().execute();
    expect(proxy.sent()).toBe(before + 2);
    expect(await readNotes()).toHaveLength(2);
  });

  it('are never sent when the transaction rolls back before', async () => {
    const before = proxy.sent();
    const transaction = await begin();
    await deferSql(transaction, insert, [1, 'one']);
    await transaction.rollback().execute();
    expect(proxy.sent()).toBe(before);
    expect(await readNotes()).toEqual([]);
  });

  it('fail the next statement, which does not run', async () => {
    const transaction = await begin();
    await deferSql(transaction, insert, [1, 'one']);
    await deferSql(transaction, insert, [1, 'again']);
    await expect(runSql(transaction, insert, [2, 'two'])).rejects.toMatchObject({ errno: 1062 });
    expect((await runSql(transaction, 'select id from note', [])).rows).toEqual([{ id: 1 }]);
    await transaction.rollback().execute();
    expect(await readNotes()).toEqual([]);
  });

  it('fail the commit, which does not happen', async () => {
    const transaction = await begin();
    await deferSql(transaction, insert, [1, 'one']);
    await deferSql(transaction, insert, [1, 'again']);
    await expect(transaction.commit().execute()).rejects.toMatchObject({ errno: 1062 });
    await transaction.rollback().execute();
    expect(await readNotes()).toEqual([]);
  });

  it('are not committed when one affects fewer rows than it must', async () => {
    const transaction = await begin();
    await deferSql(transaction, insert, [1, 'one']);
    await deferSql(transaction, 'update note set text = ? where id = ?', ['two', 7], 1);
    await expect(transaction.commit().execute()).rejects.toThrow(InvariantViolation);
    await transaction.rollback().execute();
    expect(await readNotes()).toEqual([]);
  });

  it('are one statement each, whatever their values contain', async () => {
    const injection = `'); delete from note; insert into note values (2, '\\`;
    const transaction = await begin();
    await deferSql(transaction, insert, [1, injection]);
    await transaction.commit().execute();
    expect(await readNotes()).toEqual([{ id: 1, text: injection }]);
  });

  it('are refused with a separator in their text, as all statements are', async () => {
    const two = CompiledQuery.raw('select 1; delete from note');
    await expect(mysql.db.executeQuery(two)).rejects.toThrow(InvariantViolation);
    await expect(mysql.coalescedDb.executeQuery(two)).rejects.toThrow(InvariantViolation);
  });
});
