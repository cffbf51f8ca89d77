import {
  type MysqlAudit,
  type MysqlAuditOptions,
  type Violations,
  withMysqlAudit,
} from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import {
  type RoomAudit,
  type RoomAuditOptions,
  withRoomAudit,
} from '@frontrow/adapters/redis/waiting-room/audit/room-audit.ts';
import type { RoomContents } from '@frontrow/adapters/redis/waiting-room/audit/room-contents.ts';
import { ROOM_RULES, sequencesOf } from '@frontrow/adapters/redis/waiting-room/audit/room-rules.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';

export type AuditOptions = RoomAuditOptions & {
  readonly mysqlUrl: string;
  readonly mysqlTls?: MysqlAuditOptions['tls'];
  /** How long the relay may take to remove an ended place from its room. */
  readonly relayDelayMs?: number;
};

export type AuditReport = {
  /** Every rule that was checked, in order. */
  readonly rules: readonly string[];
  readonly roomCount: number;
  readonly placeCount: number;
  readonly violations: Violations;
};

const ENDED_RULE = 'a place that the database has ended is not in the room';
/** The relay runs every 250 ms and tries again after a second. */
const RELAY_DELAY_MS = 10_000;
const ROWS_SHOWN_MAX = 5;

/**
 * Checks every invariant of seats, money and waiting rooms, while others may go on writing. The snapshot of the database
 * is taken before any room is read, so that a place that it has ended can only have left since.
 * Throws where MySQL or Redis does not answer.
 */
export async function auditBooks(options: AuditOptions): Promise<AuditReport> {
  const { mysqlUrl, mysqlTls = null, relayDelayMs = RELAY_DELAY_MS } = options;
  return withMysqlAudit({ url: mysqlUrl, tls: mysqlTls }, async (mysql) =>
    withRoomAudit(options, async (rooms) => {
      const audited = await auditRooms(mysql, rooms, relayDelayMs);
      const violations = { ...(await mysql.findViolations()), ...audited.violations };
      const rules = [...mysql.rules, ...Object.keys(ROOM_RULES), ENDED_RULE];
      return { ...audited, rules, violations };
    }),
  );
}

async function auditRooms(mysql: MysqlAudit, rooms: RoomAudit, relayDelayMs: number) {
  const found = new Map<string, { count: number; rows: Record<string, unknown>[] }>();
  const report = (rule: string, concertId: ConcertId, rows: readonly object[]) => {
    if (rows.length === 0) return;
    const { count, rows: shown } = found.get(rule) ?? { count: 0, rows: [] };
    const more = rows.slice(0, ROWS_SHOWN_MAX - shown.length).map((row) => ({ concertId, ...row }));
    found.set(rule, { count: count + rows.length, rows: [...shown, ...more] });
  };
  let [roomCount, placeCount] = [0, 0];
  for (const concertId of new Set([...(await rooms.listRooms()), ...(await mysql.listRooms())])) {
    const room = await rooms.read(concertId);
    if (room === null) continue;
    roomCount += 1;
    placeCount += room.waiting.size + room.places.size;
    for (const [rule, findBroken] of Object.entries(ROOM_RULES)) report(rule, concertId, findBroken(room));
    report(ENDED_RULE, concertId, await findEndedPlaces(mysql, room, relayDelayMs));
  }
  return { roomCount, placeCount, violations: Object.fromEntries(found) };
}

async function findEndedPlaces(mysql: MysqlAudit, room: RoomContents, relayDelayMs: number) {
  const users = new Map(sequencesOf(room).map(([user, sequence]) => [sequence, user]));
  const ended = await mysql.findEnded(room.concertId, [...users.keys()], relayDelayMs);
  return ended.filter(({ userId, sequence }) => users.get(sequence) === userId);
}
