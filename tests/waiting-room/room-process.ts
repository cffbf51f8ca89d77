import { openMysql } from '@frontrow/adapters/mysql/connection/open-mysql.ts';
import { createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import { openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { mapInBatches } from '../support/map-in-batches.ts';
import { parentPort } from './start-room-process.ts';

// A process that joins fans to a waiting room, or ticks the room until it is killed. CLOCK_SKEW_MS shifts its clock.

const skewMs = Number(process.env['CLOCK_SKEW_MS']);
const trueNow = Date.now.bind(Date);
Date.now = () => trueNow() + skewMs;

const { mysqlUrl, redisUrl, prefix, concertId } = JSON.parse(process.argv[2]!) as Record<string, string>;
const mysql = openMysql({ url: mysqlUrl!, poolSize: 2 });
const redis = await openRedis({ url: redisUrl!, onError: () => {} });
const room = createRedisWaitingRoom({
  ...createMysqlPorts(mysql.db, { seatHoldStrategy: 'grouped' }),
  redis,
  keys: createKeys(prefix!),
});

parentPort.onCommand(async (command) => {
  if (command.kind === 'join') {
    return mapInBatches(command.users, async (user) => (await room.join(concertId!, user))!.token);
  }
  for (;;) {
    await room.admit(concertId!);
    await room.expire(concertId!, 100);
  }
});
parentPort.ready();
