import { waitUntil } from '../support/services/wait-until.ts';
import type { Vitess } from './cluster/start-vitess.ts';

/** A comparison takes some seconds for each table where many other programs run. */
const WITHIN_MS = 600_000;
/** Each look starts a program. */
const POLL_MS = 500;

export type Vtctl = Vitess['vtctl'];

type Comparison = { readonly State: string; readonly HasMismatch: boolean };
type Stream = { readonly state: string; readonly position: string; readonly message: string };

/** Waits until every stream of the workflow has copied its rows and follows their changes. */
export async function awaitCopied(vtctl: Vtctl, keyspace: string, workflow: string): Promise<void> {
  await waitUntil(
    async () => {
      const streams = await readStreams(vtctl, keyspace, workflow);
      // A stream is also "Running" before it begins to copy, without a position.
      const waiting = streams.filter(({ state, position }) => state !== 'Running' || position === '');
      if (streams.length === 0 || waiting.length > 0)
        throw new Error(`not copied: ${JSON.stringify(waiting)}`);
    },
    WITHIN_MS,
    POLL_MS,
  );
}

async function readStreams(vtctl: Vtctl, keyspace: string, workflow: string): Promise<readonly Stream[]> {
  const shown = await vtctl('Workflow', `--keyspace=${keyspace}`, 'show', `--workflow=${workflow}`);
  const { workflows } = JSON.parse(shown) as {
    workflows: { shard_streams: Record<string, { streams: Stream[] }> }[];
  };
  return workflows.flatMap(({ shard_streams: shards }) =>
    Object.values(shards).flatMap(({ streams }) => streams),
  );
}

/** Fails where a row is missing, different or too much. */
export async function compareRows(vtctl: Vtctl, keyspace: string, workflow: string): Promise<void> {
  const vdiff = ['VDiff', '--format=json', `--workflow=${workflow}`, `--target-keyspace=${keyspace}`];
  await vtctl(...vdiff, 'create', '--tablet-types=PRIMARY');
  let shown = '';
  await waitUntil(
    async () => {
      shown = await vtctl(...vdiff, 'show', 'last');
      const { State: state } = JSON.parse(shown) as Comparison;
      if (state !== 'completed') throw new Error(`VDiff of ${keyspace} is ${state}`);
    },
    WITHIN_MS,
    POLL_MS,
  );
  if ((JSON.parse(shown) as Comparison).HasMismatch)
    throw new Error(
      `VDiff of ${keyspace} finds other rows: ${await vtctl(...vdiff, 'show', 'last', '--verbose')}`,
    );
}
