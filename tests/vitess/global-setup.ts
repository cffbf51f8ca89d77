import type { TestProject } from 'vitest/node';
import { startRedis } from '../support/services/start-redis.ts';
import { makeTemporaryFolder } from '../support/services/temporary-folder.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import { startVitess, urlForFrontrow } from './cluster/start-vitess.ts';
import { serveControl } from './control-server.ts';
import { writeReport } from './report/write-report.ts';

/** What the tests know of the cluster. */
export type ClusterFacts = {
  /** `POST <url>/<name>` kills a server and starts it again, and `serveControl` has more; the names are those of `servers`. */
  readonly controlUrl: string;
  readonly servers: readonly string[];
  /** The vtgate that commits on one shard after the other. */
  readonly bestEffortUrl: string;
  readonly shards: readonly ShardFacts[];
};

export type ShardFacts = {
  readonly keyspace: string;
  readonly name: string;
  /** The database of the shard on its primary's MySQL. */
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  /** The web address of the primary's vttablet. */
  readonly vttabletUrl: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    vitess: ClusterFacts;
  }
}

/** Starts a cluster of two shards in each sharded keyspace, and Redis, for all test files of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [vitess, redis] = await Promise.all([startVitess(keyspacesWith(['-80', '80-'])), startRedis()]);
  const control = await serveControl(vitess);
  project.provide('mysqlUrl', urlForFrontrow(vitess.vtgate));
  project.provide('redisUrl', redis.url);
  project.provide('vitess', {
    controlUrl: control.url,
    servers: control.servers,
    bestEffortUrl: urlForFrontrow(vitess.bestEffortVtgate),
    shards: vitess.shards.map(({ keyspace, name, primary, replicas }) => ({
      keyspace,
      name,
      primaryUrl: `${primary.mysql.url}/vt_${keyspace}`,
      replicaUrl: replicas[0]!.mysql.url,
      vttabletUrl: primary.vttablet.url,
    })),
  });
  const sectionsFolder = await makeTemporaryFolder('vitess-report');
  project.provide('sectionsFolder', sectionsFolder);
  return async () => {
    const [mysql] = vitess.shards;
    await writeReport(sectionsFolder, { MySQL: mysql!.primary.mysql.how, Redis: redis.how });
    await control.stop();
    await Promise.all([vitess.stop(), redis.stop()]);
  };
}
