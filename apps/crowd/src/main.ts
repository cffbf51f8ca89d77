// `npm run crowd [fans] [seed]`: lets bots join, wait, choose, hold, pay and give up at the pace of people, on the server of
// `npm start` or at FRONTROW_URL. With the parent process of `POST /v1/dev/crowd` it sends the counts as messages instead.
import { describeCounts, describeResult } from './describe.ts';
import { type CrowdOptions, Stop, readOptions } from './options.ts';
import { SEED_END } from './random.ts';
import { startCrowd } from './run-crowd.ts';

const TIME_MAX_MS = 5 * 60_000;
const PRINT_EVERY_MS = 3_000;
const SEND_EVERY_MS = 500;

const newSeed = () => Math.floor(Math.random() * SEED_END);

try {
  await runCommand(readOptions(process.argv.slice(2), process.env['FRONTROW_URL'], newSeed));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(`crowd: ${error.message}`);
  process.exitCode = 1;
}

async function runCommand(options: CrowdOptions): Promise<void> {
  const { serverUrl, fans, seed } = options;
  const stop = new AbortController();
  const crowd = await startCrowd({ ...options, signal: stop.signal });
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1_000);

  // A second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  process.once('disconnect', () => stop.abort());
  const timeIsUp = setTimeout(() => stop.abort(), TIME_MAX_MS);
  stop.signal.addEventListener('abort', () => console.log('The bots leave their places …'));

  console.log(
    `${fans} bots come to ${serverUrl}, for at most ${TIME_MAX_MS / 60_000} minutes. Stop with Ctrl+C.`,
  );
  const print = setInterval(
    () => console.log(describeCounts(seconds(), crowd.read().counts)),
    PRINT_EVERY_MS,
  );
  const send = setInterval(() => process.send?.(crowd.read().counts), SEND_EVERY_MS);

  const result = await crowd.ended;
  clearTimeout(timeIsUp);
  clearInterval(print);
  clearInterval(send);
  process.send?.(result.counts);
  console.log(`\n${describeResult(fans, seconds(), result)}`);
  console.log(`The same bots come again with "npm run crowd ${fans} ${seed}".`);
  if (process.connected) process.disconnect();
}
