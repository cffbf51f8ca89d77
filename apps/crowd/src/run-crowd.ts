import { randomUUID } from 'node:crypto';
import { drawBehaviour } from './behaviour.ts';
import type { DateOnSale } from './choose-date.ts';
import { readDatesOnSale } from './dates-on-sale.ts';
import { type FanSession, openFanSession } from './fan-session.ts';
import { limitFetch } from './limited-fetch.ts';
import { type CrowdOptions, Stop } from './options.ts';
import { type Pace, createPace } from './pace.ts';
import { randomOfBot } from './random.ts';
import { type CrowdResult, type Phase, type Reason, type Tally, createTally } from './tally.ts';
import { visit } from './visit.ts';

type CrowdParts = CrowdOptions & {
  /** Lets every bot leave. */
  readonly signal: AbortSignal;
  /** How many times faster than a person the bots are; 1 unless it is given. */
  readonly speed?: number;
};

type RunningCrowd = { readonly read: () => CrowdResult; readonly ended: Promise<CrowdResult> };

const REQUESTS_MAX = 64;
const DATES_FRESH_MS = 5_000;

/**
 * Lets a crowd of bots visit the server. It ends when the last bot has left, or soon after the signal: then every bot gives
 * back its place and its hold. Throws `Stop` where nothing is on sale, and where bots get no identity.
 */
export async function startCrowd({ signal, speed = 1, ...options }: CrowdParts): Promise<RunningCrowd> {
  const { serverUrl, fans } = options;
  const send = limitFetch(REQUESTS_MAX);
  const readDates = () => readDatesOnSale(serverUrl, send);
  const dates = await readDates();
  if (dates.length === 0) throw new Stop(`no concert is on sale at ${serverUrl}`);

  /** Bots of two crowds are different users. */
  const run = randomUUID().slice(0, 8);
  await requireDevTokens(openFanSession(serverUrl, `bot-${run}-0`, send, signal));
  const tally = createTally(fans);
  const shared = {
    ...options,
    tally,
    send,
    signal,
    pace: createPace(speed, signal),
    datesOnSale: keepFresh(readDates, dates),
    run,
  };
  const bots = Array.from({ length: fans }, (_, index) => playBot(shared, index));
  const ended = Promise.all(bots).then(async (leavings) => {
    await Promise.all(leavings.map((leave) => leave()));
    return tally.read();
  });
  return { read: tally.read, ended };
}

async function requireDevTokens(session: FanSession): Promise<void> {
  const answer = await session.signIn();
  if (!answer.ok && answer.status === 404)
    throw new Stop(
      'this server issues no development tokens; start one with "npm start", or set AUTH_MODE=dev',
    );
}

type Shared = Pick<CrowdOptions, 'serverUrl' | 'seed'> & {
  readonly tally: Tally;
  readonly send: typeof fetch;
  readonly signal: AbortSignal;
  readonly pace: Pace;
  readonly datesOnSale: ReadDates;
  readonly run: string;
};

/** Plays one bot, and returns what gives back the rest: a bot that closes its tab keeps its place until the crowd ends. */
async function playBot(shared: Shared, index: number): Promise<() => Promise<void>> {
  const { serverUrl, seed, tally, send, signal, run } = shared;
  const random = randomOfBot(seed, index);
  const session = openFanSession(serverUrl, `bot-${run}-${index + 1}`, send, signal);
  let phase = 'coming' as Phase;
  const enter = (to: Phase) => {
    tally.enter(phase, to);
    phase = to;
  };
  const bot = { ...shared, random, behaviour: drawBehaviour(random), session, enter };
  const reason = await visit(bot).catch((error: unknown): Reason => {
    if (!signal.aborted) throw error;
    return 'STOPPED';
  });
  // A stop may find the bot after its payment.
  if (reason !== null && phase !== 'paid') tally.giveUp(phase, reason);
  if (reason !== 'CLOSED_THE_TAB') await session.leave();
  return () => session.leave();
}

type ReadDates = () => Promise<readonly DateOnSale[]>;

/** Reads again after `DATES_FRESH_MS`, once for all that ask at the same time. A failed read keeps the dates. */
function keepFresh(read: ReadDates, first: readonly DateOnSale[]): ReadDates {
  let kept = Promise.resolve(first);
  let readAt = performance.now();
  return () => {
    if (performance.now() - readAt < DATES_FRESH_MS) return kept;
    readAt = performance.now();
    const before = kept;
    kept = read().catch(() => before);
    return kept;
  };
}
