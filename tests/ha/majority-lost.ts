import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../support/services/wait-until.ts';
import type { Act } from './act.ts';
import { type Member, type MysqlGroup, agree, bootstrap, run } from './mysql-group.ts';

/** Longer than a silent member takes to be missed, after 5 s. */
const AWAY_MS = 8_000;
/** The second falls silent while the third still counts on it. */
const APART_MS = 500;
/** How long an operator waits for the members to agree by themselves. */
const AGREE_WITHIN_MS = 20_000;
/** The group carries out late what it has decided about a member that is back. */
const EXPELLED_WITHIN_MS = 5_000;
const WHOLE_WITHIN_MS = 60_000;

/** Two of three members are lost, so that nobody can write until one of them is back. */
export const MAJORITY_LOST: readonly Act[] = [
  {
    name: 'two-killed',
    title: 'the primary and one more member are killed, and the group is formed again',
    async play(group, mark) {
      const lost = await primaryAndAnother(group);
      await Promise.all(lost.map(({ server }) => server.kill()));
      await delay(AWAY_MS);
      const left = group.members.find((member) => !lost.includes(member))!;
      return [
        `${namesOf(lost)} are killed; ${left.name} commits nothing alone`,
        await startAgainAndForm(group, mark),
      ];
    },
  },
  {
    name: 'two-frozen',
    title: `the primary, and ${APART_MS / 1_000} s later one more member, are stopped with SIGSTOP for ${AWAY_MS / 1_000} s`,
    async play(group, mark) {
      const [primary, other] = await primaryAndAnother(group);
      process.kill(primary.server.pid!, 'SIGSTOP');
      await delay(APART_MS);
      process.kill(other.server.pid!, 'SIGSTOP');
      await delay(AWAY_MS);
      for (const { server } of [primary, other]) process.kill(server.pid!, 'SIGCONT');
      const frozen = `${primary.name} and ${other.name} are frozen`;
      const agreedAfter = await timeToAgree(group);
      if (agreedAfter === null)
        return [frozen, 'they do not agree by themselves', await startAgainAndForm(group, mark)];
      mark();
      return [
        frozen,
        `the group agrees ${agreedAfter} after both are back`,
        ...(await bringBack(group, mark)),
      ];
    },
  },
];

const OWN_STATE = `select member_state as state from performance_schema.replication_group_members
  where member_id = @@server_uuid`;

async function primaryAndAnother(group: MysqlGroup): Promise<[Member, Member]> {
  const primary = await group.primary();
  return [primary, group.members.find((member) => member !== primary)!];
}

/** How long until a primary has a majority again; null if it takes too long. */
async function timeToAgree(group: MysqlGroup): Promise<string | null> {
  const startedAt = performance.now();
  const isAgreed = waitUntil(async () => agree(await group.primary()), AGREE_WITHIN_MS);
  return isAgreed.then(
    () => secondsSince(startedAt),
    () => null,
  );
}

/** Starts the members again that the group expels and that do not come back at their first own attempt. */
async function bringBack(group: MysqlGroup, mark: () => void): Promise<readonly string[]> {
  await delay(EXPELLED_WITHIN_MS);
  const back = await group.awaitWhole(AGREE_WITHIN_MS).then(
    () => true,
    () => false,
  );
  if (back) return [];
  const states = await Promise.all(group.members.map(({ ask }) => ask(OWN_STATE).catch(() => [])));
  const expelled = group.members.filter((_, index) => states[index]![0]?.['state'] !== 'ONLINE');
  for (const member of expelled) {
    await member.server.kill(); // it may wait for the end of its attempt
    await member.start();
  }
  return group.awaitWhole(WHOLE_WITHIN_MS).then(
    () => [`${namesOf(expelled)} came back only once started again`],
    async () => [`${namesOf(expelled)} did not come back`, await startAgainAndForm(group, mark)],
  );
}

/**
 * Ends all members and forms the group from the one that has every transaction of the others, as the runbook has it. A
 * member without a majority cannot leave in good order.
 */
async function startAgainAndForm(group: MysqlGroup, mark: () => void): Promise<string> {
  const startedAt = performance.now();
  const { members } = group;
  await Promise.all(members.map(({ server }) => server.kill()));
  await Promise.all(members.map((member) => member.start({ stayApart: true })));
  mark();
  const first = await findMostComplete(members);
  await bootstrap(first);
  for (const other of members)
    if (other !== first) await run(other, (db) => db.query('start group_replication'));
  await group.awaitWhole(WHOLE_WITHIN_MS);
  return `the group is formed again from ${first.name}, which has every transaction of the others, in ${secondsSince(startedAt)}`;
}

async function findMostComplete(members: readonly Member[]): Promise<Member> {
  const executed = await Promise.all(
    members.map(async ({ ask }) => String((await ask('select @@gtid_executed as gtids'))[0]!['gtids'])),
  );
  for (const member of members) {
    const subsets = executed.map((gtids) => `gtid_subset('${gtids}', @@gtid_executed)`).join(' and ');
    const [row] = await member.ask(`select ${subsets} as has_all`);
    if (row!['has_all'] === 1) return member;
  }
  throw new Error(`no member has every transaction: ${executed.join('; ')}`);
}

function namesOf(members: readonly Member[]): string {
  return members.map(({ name }) => name).join(' and ');
}

function secondsSince(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}
