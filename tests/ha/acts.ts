import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../support/services/wait-until.ts';
import type { Act } from './act.ts';
import { MAJORITY_LOST } from './majority-lost.ts';
import { type Member, type MysqlGroup, run } from './mysql-group.ts';

/** Longer than the group takes to replace a silent primary. */
const AWAY_MS = 12_000;
/** The group has replaced it after about this time. */
const REPLACED_AFTER_MS = 7_000;
const WHOLE_WITHIN_MS = 60_000;
const REPLACED_WITHIN_MS = 30_000;
const PROBE_MS = 100;

export const ACTS: readonly Act[] = [
  {
    name: 'kill',
    title: 'the primary is killed with SIGKILL and started again',
    async play(group) {
      const old = await group.primary();
      await old.server.kill();
      const primary = await replacementOf(old, group);
      await old.start();
      await group.awaitWhole(WHOLE_WITHIN_MS);
      return [`${old.name} is killed; ${primary.name} takes its place`];
    },
  },
  {
    name: 'freeze',
    title: `the primary is stopped with SIGSTOP for ${AWAY_MS / 1_000} s`,
    async play(group) {
      const old = await group.primary();
      signal(old, 'SIGSTOP');
      const primary = await replacementOf(old, group);
      await delay(AWAY_MS - REPLACED_AFTER_MS);
      signal(old, 'SIGCONT');
      const believes = await timeAsPrimary(old);
      await group.awaitWhole(WHOLE_WITHIN_MS);
      return [
        `${old.name} is frozen; ${primary.name} takes its place`,
        `after SIGCONT ${old.name} calls itself PRIMARY with a majority for ${believes} more`,
      ];
    },
  },
  {
    name: 'switch',
    title: 'a planned switch (group_replication_set_as_primary)',
    async play(group) {
      const old = await group.primary();
      const next = group.members.find((member) => member !== old)!;
      await switchTo(next, old, group);
      return [`${next.name} follows ${old.name}`];
    },
  },
  {
    name: 'upgrade',
    title: 'every member leaves the group, is started again and joins, the primary last and after a switch',
    async play(group) {
      const old = await group.primary();
      const secondaries = group.members.filter((member) => member !== old);
      const events: string[] = [];
      for (const member of secondaries) events.push(await startAgain(member, group));
      await switchTo(secondaries[0]!, old, group);
      events.push(`${secondaries[0]!.name} follows ${old.name}`, await startAgain(old, group));
      return events;
    },
  },
  {
    name: 'partition',
    title: `the primary is cut off from the others for ${AWAY_MS / 1_000} s, and not from the proxy`,
    async play(group) {
      const old = await group.primary();
      group.network.isolate(group.members.indexOf(old));
      const primary = await replacementOf(old, group);
      await delay(AWAY_MS - REPLACED_AFTER_MS);
      group.network.heal();
      const believes = await timeAsPrimary(old);
      await group.awaitWhole(WHOLE_WITHIN_MS);
      return [
        `${old.name} is cut off; ${primary.name} takes its place`,
        `after the partition ${old.name} calls itself PRIMARY with a majority for ${believes} more`,
      ];
    },
  },
  ...MAJORITY_LOST,
];

/** As an upgrade does it, with the same version: leave the group, stop, start, and be ONLINE in the group again. */
async function startAgain(member: Member, group: MysqlGroup): Promise<string> {
  const startedAt = performance.now();
  await run(member, (db) => db.query('stop group_replication'));
  await member.start();
  await group.awaitWhole(WHOLE_WITHIN_MS);
  return `${member.name} was back after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}

async function switchTo(next: Member, old: Member, group: MysqlGroup): Promise<void> {
  const [row] = await next.ask('select @@server_uuid as id');
  await run(old, (db) => db.query('select group_replication_set_as_primary(?)', [row!['id']]));
  await replacementOf(old, group);
}

async function replacementOf(old: Member, group: MysqlGroup): Promise<Member> {
  let primary = old;
  await waitUntil(async () => {
    primary = await group.primary();
    return primary !== old;
  }, REPLACED_WITHIN_MS);
  return primary;
}

/** How long the member, which has been replaced, believes that it is the primary of a group that is whole. */
async function timeAsPrimary(member: Member): Promise<string> {
  const startedAt = performance.now();
  let until = startedAt;
  while (performance.now() - startedAt < WHOLE_WITHIN_MS) {
    const [row] = await member
      .ask(
        `select sum(member_id = @@server_uuid and member_role = 'PRIMARY' and member_state = 'ONLINE') as is_primary,
          sum(member_state = 'ONLINE') as online from performance_schema.replication_group_members`,
      )
      .catch(() => []);
    if (row !== undefined && Number(row['is_primary']) === 0) break;
    if (Number(row?.['online']) >= 2) until = performance.now();
    await delay(PROBE_MS);
  }
  return `${((until - startedAt) / 1_000).toFixed(1)} s`;
}

function signal({ server }: Member, name: 'SIGSTOP' | 'SIGCONT'): void {
  process.kill(server.pid!, name);
}
