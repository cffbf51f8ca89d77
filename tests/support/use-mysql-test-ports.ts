import { afterAll, beforeAll } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from './mysql-test-ports.ts';

/** Opens MySQL's ports on a new database before the tests of the suite, and closes them behind them. */
export function useMysqlTestPorts(): Pick<MysqlTestPorts, 'url' | 'mysql' | 'ports'> {
  let opened: MysqlTestPorts;
  beforeAll(async () => {
    opened = await openMysqlTestPorts('grouped');
  });
  afterAll(() => opened.close());
  return {
    get url() {
      return opened.url;
    },
    get mysql() {
      return opened.mysql;
    },
    get ports() {
      return opened.ports;
    },
  };
}
