import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { POLICY_DEFAULT, type Policy } from '@frontrow/domain/catalog/policy.ts';
import { SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import { policyPatch } from '@frontrow/http/routes/admin/policy-schema.ts';
import { PACE_DEFAULT, type Pace } from './pace.ts';
import type { Plan } from './plan.ts';

export const USAGE = `usage: pnpm rehearse <policy> --fans N --seats N [--pace name=value,…] [--http-cores N] [--sales-per-second N]
  <policy>  "default", or a JSON file as PATCH /v1/admin/concerts/{concertId}/policy takes it
  --pace    early=0.5 (share before the opening), arrive=60 (seconds), no-show=0.1, patience=600 (seconds in the line),
            choose=20, pay=30 (seconds), pays=0.8 (share of the holds), seats=2 (for each fan)
  --http-cores, --sales-per-second  those of the machines that will serve the sale; by default those of this machine`;

export type Options = {
  readonly policyName: string;
  readonly plan: Plan;
  /** Null for what this machine has. */
  readonly httpCores: number | null;
  readonly salesPerSecond: number | null;
};

/** Ends the command with one line and without a stack trace. */
export class Stop extends Error {}

const FANS_MAX = 10_000_000;
const SEATS_MAX = 1_000_000;

/** Throws `Stop`. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [policyName, ...others] = positionals;
  if (policyName === undefined || others.length > 0) throw new Stop(USAGE);
  const policy = readPolicy(policyName);
  const pace = readPace(values.pace ?? '', policy);
  const optional = (name: 'http-cores' | 'sales-per-second') =>
    values[name] === undefined ? null : readNumber(`--${name}`, values[name], 0.1, 1_000_000);
  return {
    policyName,
    plan: {
      policy,
      pace,
      fans: readWhole('--fans', values.fans, FANS_MAX),
      seats: readWhole('--seats', values.seats, SEATS_MAX),
    },
    httpCores: optional('http-cores'),
    salesPerSecond: optional('sales-per-second'),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { fans: text, seats: text, pace: text, 'http-cores': text, 'sales-per-second': text };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n${USAGE}`);
  }
}

function readPolicy(name: string): Plan['policy'] {
  if (name === 'default') return POLICY_DEFAULT;
  const patch = policyPatch.safeParse(readJson(name));
  if (!patch.success) {
    const { path, message } = patch.error.issues[0]!;
    throw new Stop(`${name}: /${path.join('/')}: ${message}`);
  }
  const { admission, hold, presale } = patch.data as Partial<Policy>;
  if (presale) throw new Stop(`${name}: /presale: a rehearsal has no presale`);
  if (admission?.state === 'PAUSED') throw new Stop(`${name}: /admission/state: PAUSED admits nobody`);
  return {
    admission: { ...POLICY_DEFAULT.admission, ...admission },
    hold: { ...POLICY_DEFAULT.hold, ...hold },
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Stop(`cannot read the policy in ${file}: ${(error as Error).message}`);
  }
}

const share = (name: string, text: string) => readNumber(name, text, 0, 1);
const seconds = (name: string, text: string) => 1_000 * readNumber(name, text, 0, 86_400);

const PACE_READERS: Readonly<Record<string, (name: string, text: string) => Partial<Pace>>> = {
  early: (name, text) => ({ early: share(name, text) }),
  arrive: (name, text) => ({ arriveMs: seconds(name, text) }),
  'no-show': (name, text) => ({ noShow: share(name, text) }),
  patience: (name, text) => ({ patienceMs: seconds(name, text) }),
  choose: (name, text) => ({ chooseMs: seconds(name, text) }),
  pay: (name, text) => ({ payMs: seconds(name, text) }),
  pays: (name, text) => ({ pays: share(name, text) }),
  seats: (name, text) => ({ seatsPerFan: readWhole(name, text, SEATS_PER_RESERVATION_MAX) }),
};

function readPace(text: string, { hold }: Plan['policy']): Pace {
  const parts = text.split(',').filter((part) => part !== '');
  const pace = parts.reduce((paceSoFar, part) => {
    const [name = '', value = ''] = part.split('=');
    const read = PACE_READERS[name];
    if (read === undefined)
      throw new Stop(`--pace knows ${Object.keys(PACE_READERS).join(', ')}, not "${name}"`);
    return { ...paceSoFar, ...read(`--pace ${name}`, value) };
  }, PACE_DEFAULT);
  const seatsMax = Math.min(hold.maxSeatsPerReservation, hold.seatsPerUserMax ?? Infinity);
  if (pace.seatsPerFan <= seatsMax) return pace;
  throw new Stop(`the policy lets a fan hold ${seatsMax} at most: --pace seats is ${pace.seatsPerFan}`);
}

function readWhole(name: string, text: string | undefined, max: number): number {
  if (text === undefined) throw new Stop(`${name} is missing\n${USAGE}`);
  const number = readNumber(name, text, 1, max);
  if (!Number.isInteger(number)) throw new Stop(`${name} must be a whole number, not "${text}"`);
  return number;
}

function readNumber(name: string, text: string, min: number, max: number): number {
  const number = text.trim() === '' ? NaN : Number(text);
  if (number >= min && number <= max) return number;
  throw new Stop(`${name} must be a number from ${min} to ${max}, not "${text}"`);
}
