import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { type AuditReport, auditBooks } from '@frontrow/worker/audit/audit-books.ts';
import { openBoxOffice } from './box-office.ts';
import type { Fault } from './faults/fault.ts';
import { FAULTS, createFaultMix } from './faults/faults.ts';
import { type LostWrites, findLostWrites } from './find-lost-writes.ts';
import { openGraveyard } from './graveyard.ts';
import { type Installation, KEY_PREFIX, openInstallation } from './installation.ts';
import { playFan } from './play-fan.ts';
import { type Random, createRandom } from './random.ts';
import { type Kind, type Records, createRecords } from './records.ts';
import { watchRoom } from './room-watch.ts';

export type TortureOptions = {
  readonly seconds: number;
  readonly seed: number;
  readonly log: (line: string) => void;
  /** All of them by default. */
  readonly faults?: readonly Fault[];
  /** True when the run should end early. */
  readonly isInterrupted?: () => boolean;
};

export type TortureResult = LostWrites & {
  readonly seed: number;
  readonly seconds: number;
  readonly services: Readonly<Record<string, string>>;
  readonly records: Records;
  readonly violations: AuditReport['violations'];
  /** Runs of each fault. */
  readonly faults: Readonly<Record<string, number>>;
  /** Faults that could not be brought about. */
  readonly failedFaults: readonly string[];
  /** The longest time from the end of a mix of faults to the next success, by kind. */
  readonly recoveries: ReadonlyMap<Kind, Recovery>;
  /** The log lines of requests that were answered 500. */
  readonly defects: readonly string[];
  readonly counts: {
    readonly fans: number;
    readonly roomReadings: number;
    readonly placesAdmitted: number;
    readonly dates: number;
  };
};

export type Recovery = { readonly ms: number; readonly after: string };

const FANS = 50;
const RECOVERED_WITHIN_MS = 30_000;
const RECOVERING_KINDS: readonly Kind[] = ['charge', 'join', 'poll', 'admission', 'hold', 'pay'];
const FANS_END_WITHIN_MS = 75_000;
const SETTLED_WITHIN_MS = 20_000;
const CANCELLED_WITHIN_MS = 60_000;
const OPEN_OF_CANCELLED_DATES = `select 1 from cancellation join reservation using (concert_event_id)
  where status in ('HELD', 'CONFIRMED') limit 1`;
/** The relay has to catch up with what the faults have kept from it. */
const RELAY_DELAY_MS = 3_000;
const DEFECT = /^.*"msg":"request failed".*$/gm;

/** Attacks an installation for `seconds`, and for about half a minute more finds out what became of it. */
export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  const { seconds, seed, log, isInterrupted = () => false } = options;
  const random = createRandom(seed);
  const records = createRecords();
  const installation = await openInstallation();
  try {
    const boxOffice = await openBoxOffice(installation, records);
    const graveyard = openGraveyard(records, random.fork());
    const watch = watchRoom(installation, boxOffice.concertId, records);
    const deadline = performance.now() + seconds * 1_000;
    const isOver = () => performance.now() >= deadline || isInterrupted();
    const crowd = gatherCrowd(FANS, { random, isOver }, (userId, ofFan) =>
      playFan(userId, {
        boxOffice,
        client: installation.client,
        records,
        random: ofFan,
        isOver,
        bury: graveyard.bury,
      }),
    );
    const attacks = await attack(installation, records, { ...options, random: random.fork(), isOver });
    heal(installation);
    log('the faults are over; waiting for the fans');
    await Promise.race([crowd.ended, delay(FANS_END_WITHIN_MS, undefined, { ref: false })]);
    await Promise.all([boxOffice.stop(), graveyard.stop(), watch.stop()]);
    const db = await installation.connectToMysql();
    await awaitCancellations(db);
    const violations = await auditUntilSettled(installation);
    const lostWrites = await findLostWrites(db, records).finally(() => db.destroy());
    const outputs = [...installation.http, ...installation.workers].map((process) => process.output());
    return {
      ...lostWrites,
      ...attacks,
      seed,
      seconds,
      services: installation.services,
      records,
      violations,
      defects: outputs.flatMap((output) => output.match(DEFECT) ?? []),
      counts: {
        fans: crowd.count(),
        roomReadings: watch.readings(),
        placesAdmitted: watch.admitted(),
        dates: boxOffice.dates.length,
      },
    };
  } finally {
    await installation.close();
  }
}

/** Keeps `size` fans in the hall until the run is over: another one comes for each that is done. */
function gatherCrowd(
  size: number,
  { random, isOver }: { random: Random; isOver: () => boolean },
  play: (userId: string, random: Random) => Promise<void>,
) {
  let count = 0;
  const seats = Array.from({ length: size }, async (_, index) => {
    const own = random.fork();
    for (let turn = 1; !isOver(); turn += 1) {
      await delay(own.between(0, turn === 1 ? 3_000 : 500));
      count += 1;
      await play(`fan-${index}-${turn}`, own.fork()).catch(() => undefined); // every HTTP process was down
    }
  });
  return { count: () => count, ended: Promise.all(seats) };
}

type AttackOptions = TortureOptions & { readonly random: Random; readonly isOver: () => boolean };

async function attack(installation: Installation, records: Records, options: AttackOptions) {
  const { log, random, isOver } = options;
  const nextMix = createFaultMix(options.faults ?? FAULTS, random);
  const faults: Record<string, number> = {};
  const failedFaults: string[] = [];
  const recoveries = new Map<Kind, Recovery>();
  await delay(3_000); // the crowd gathers
  while (!isOver()) {
    const mix = nextMix();
    const names = mix.map(({ name }) => name).join(' + ');
    await Promise.all(
      mix.map(async (fault) => {
        await delay(random.between(0, 1_000));
        faults[fault.name] = (faults[fault.name] ?? 0) + 1;
        await fault.run(installation, random.fork()).catch((error: unknown) => {
          failedFaults.push(`${fault.name}: ${error instanceof Error ? error.message : String(error)}`);
        });
      }),
    );
    heal(installation);
    const recovered = await awaitRecovery(records, isOver);
    for (const [kind, ms] of recovered)
      if (ms > (recoveries.get(kind)?.ms ?? 0)) recoveries.set(kind, { ms, after: names });
    log(`${names}: ${describeRecovery(recovered)}`);
    await delay(random.between(0, 1_500));
  }
  return { faults, failedFaults, recoveries };
}

function describeRecovery(recovered: ReadonlyMap<Kind, number>): string {
  if (recovered.size < RECOVERING_KINDS.length) return 'the run is over';
  const slowest = [...recovered].toSorted(([, a], [, b]) => b - a);
  return `recovered after ${slowest.map(([kind, ms]) => `${ms} ms (${kind})`).join(', ')}`;
}

/** The time until each kind succeeds again; one that does not is listed with the limit. */
async function awaitRecovery(records: Records, isOver: () => boolean): Promise<Map<Kind, number>> {
  const since = performance.now();
  const recovered = new Map<Kind, number>();
  while (recovered.size < RECOVERING_KINDS.length) {
    for (const kind of RECOVERING_KINDS) {
      const at = records.latestSuccess.get(kind) ?? 0;
      if (at > since && !recovered.has(kind)) recovered.set(kind, Math.round(at - since));
    }
    if (isOver()) return recovered; // the fans begin nothing more
    if (performance.now() - since > RECOVERED_WITHIN_MS) {
      for (const kind of RECOVERING_KINDS)
        if (!recovered.has(kind)) {
          recovered.set(kind, RECOVERED_WITHIN_MS);
          records.complain('every kind of request succeeds again within 30 s', kind);
        }
    }
    await delay(10);
  }
  return recovered;
}

/** Nothing that a fault may have left behind. */
function heal({ http, workers }: Installation): void {
  for (const process of [...http, ...workers]) {
    process.thaw();
    for (const proxy of [process.mysql, process.redis]) {
      proxy.setMode('PASS');
      proxy.setLatency(0);
    }
  }
}

/** Until the workers have ended the reservations of every cancelled date. What they have not is lost. */
async function awaitCancellations(db: Connection): Promise<void> {
  const deadline = performance.now() + CANCELLED_WITHIN_MS;
  for (;;) {
    const [rows] = await db.query<RowDataPacket[]>(OPEN_OF_CANCELLED_DATES);
    if (rows.length === 0 || performance.now() > deadline) return;
    await delay(500);
  }
}

/** What is still broken when the relay has had its time. */
async function auditUntilSettled(installation: Installation): Promise<AuditReport['violations']> {
  const deadline = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { violations } = await auditBooks({
      mysqlUrl: installation.mysqlUrl,
      redisUrl: installation.redis().url,
      redisKeyPrefix: KEY_PREFIX,
      relayDelayMs: RELAY_DELAY_MS,
    });
    if (Object.keys(violations).length === 0 || performance.now() > deadline) return violations;
    await delay(1_000);
  }
}
