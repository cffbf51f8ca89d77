import { setTimeout as delay } from 'node:timers/promises';
import type { AppProcess } from '@frontrow/tests/support/processes.ts';
import { type Loop, startLoop } from '@frontrow/tests/support/start-loop.ts';
import { Redis } from 'ioredis';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { KEY_PREFIX } from '../k6/installation.ts';
import { openGarbageCollector } from './garbage-collector.ts';
import type { Point } from './trend.ts';

export type Unit = 'MiB' | 'ms' | 'keys' | 'rows';
/** By name; each has a point for every sample. */
export type Series = Map<string, { readonly unit: Unit; readonly points: Point[] }>;

export type SamplerOptions = {
  readonly http: readonly AppProcess[];
  readonly workers: readonly AppProcess[];
  readonly mysqlUrl: string;
  readonly redisUrl: string;
};

export type Sampler = {
  readonly series: Series;
  start(everyMs: number): void;
  stop(): Promise<void>;
};

const MIB = 2 ** 20;
const TICK_MS = 100;
export const HEAP = 'heap after a collection';
const PROCESS_METRICS = [
  ['RSS', 'process_resident_memory_bytes', 'MiB', 1 / MIB],
  [HEAP, 'nodejs_heap_size_used_bytes', 'MiB', 1 / MIB],
  ['event-loop delay, p99', 'nodejs_eventloop_lag_p99_seconds', 'ms', 1_000],
] as const;

export async function openSampler(options: SamplerOptions): Promise<Sampler> {
  const series: Series = new Map();
  const redis = new Redis(options.redisUrl);
  const db = await createConnection({ uri: options.mysqlUrl });
  const named = [
    ...options.http.map((process, index) => ({ name: `http ${index + 1}`, process })),
    ...options.workers.map((process, index) => ({ name: `worker ${index + 1}`, process })),
  ];
  const processes = await Promise.all(
    named.map(async (each) => ({ ...each, garbage: await openGarbageCollector(each.process) })),
  );
  const since = performance.now();
  let loop: Loop | null = null;

  async function sample(): Promise<void> {
    const seconds = (performance.now() - since) / 1_000;
    const add = (name: string, unit: Unit, value: number) => {
      const known = series.get(name) ?? { unit, points: [] };
      // What appears later was zero before.
      for (const point of known.points.length === 0 ? momentsOf(series) : [])
        known.points.push({ ...point, value: 0 });
      known.points.push({ seconds, value });
      series.set(name, known);
    };
    for (const { name, process, garbage } of processes) {
      await garbage.collect();
      const metrics = await (await fetch(`${process.url}/metrics`)).text();
      for (const [what, metric, unit, factor] of PROCESS_METRICS) {
        const value = new RegExp(`^${metric} (\\S+)`, 'm').exec(metrics)?.[1];
        if (value === undefined) throw new Error(`${name} has no metric ${metric}`);
        add(`${name}: ${what}`, unit, Number(value) * factor);
      }
    }
    const info = await redis.info('memory');
    add('Redis: used memory', 'MiB', Number(/^used_memory:(\d+)/m.exec(info)?.[1]) / MIB);
    const kinds = await keysByKind(redis);
    const known = [...series.keys()].flatMap((name) => /^Redis: (.+), keys$/.exec(name)?.[1] ?? []);
    for (const kind of new Set([...known, ...kinds.keys()])) {
      const { keys, bytes } = kinds.get(kind) ?? { keys: 0, bytes: 0 };
      add(`Redis: ${kind}, keys`, 'keys', keys);
      add(`Redis: ${kind}, memory`, 'MiB', bytes / MIB);
    }
    for (const [table, rows] of await rowsByTable(db)) add(`MySQL: ${table}`, 'rows', rows);
  }
  return {
    series,
    start(everyMs) {
      let next = 0;
      loop = startLoop(async () => {
        await delay(TICK_MS);
        if (performance.now() < next) return;
        next = performance.now() + everyMs;
        await sample();
      });
    },
    async stop() {
      await loop?.stop();
      for (const { garbage } of processes) garbage.close();
      redis.disconnect();
      await db.end();
    },
  };
}

/** The moments of the samples so far, but not of the present one. */
function momentsOf(series: Series): { seconds: number }[] {
  const [first] = series.values();
  return (first?.points ?? []).slice(0, -1).map(({ seconds }) => ({ seconds }));
}

/** `room`, `room:waiting`, `cache:entries`, `jobs:…`: a key without its prefix and without what names its subject. */
async function keysByKind(redis: Redis): Promise<Map<string, { keys: number; bytes: number }>> {
  const kinds = new Map<string, { keys: number; bytes: number }>();
  for await (const page of redis.scanStream({ count: 1_000 })) {
    const keys = page as string[];
    const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key)));
    keys.forEach((key, index) => {
      const kind = kindOf(key);
      const known = kinds.get(kind) ?? { keys: 0, bytes: 0 };
      kinds.set(kind, { keys: known.keys + 1, bytes: known.bytes + (sizes[index] ?? 0) });
    });
  }
  return kinds;
}

function kindOf(key: string): string {
  if (key.startsWith(`{${KEY_PREFIX}:jobs}`)) return /:de:/.test(key) ? 'jobs: deduplication' : 'jobs';
  return key
    .slice(KEY_PREFIX.length + 1)
    .replace(/\{[^}]*\}/, '')
    .replaceAll(/:+/g, ':')
    .replace(/:$/, '');
}

async function rowsByTable(db: Connection): Promise<[string, number][]> {
  const [tables] = await db.query<RowDataPacket[]>('show tables');
  const names = tables
    .map((row) => String(Object.values(row)[0]))
    .filter((name) => !name.startsWith('kysely'));
  const rows: [string, number][] = [];
  for (const name of names) {
    const [[row]] = await db.query<RowDataPacket[]>('select count(*) as count from ??', [name]);
    rows.push([name, Number(row?.['count'])]);
  }
  return rows;
}
