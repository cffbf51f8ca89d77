import { readFileSync } from 'node:fs';
import { INVENTORY_INTERVALS_MAX, SMOOTH_STEPS } from '@frontrow/domain/waiting-room/admission.ts';
import { COUNTERS_PER_EPOCH } from '@frontrow/domain/waiting-room/queue-token.ts';
import {
  WAIT_BUCKET_FIRST_MS,
  WAIT_BUCKET_GROWTH,
} from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { ROOM_KEY_NAMES, type RoomKeyName } from '../connection/keys.ts';
import { END_REASONS, END_REASON_CODES, END_REASON_SPAN } from './ended-score.ts';
import { RECORD_STATES } from './place-record.ts';
import { LOG_CODES } from './room-log.ts';
import { ROOM_REPLIES, type RoomScript, placeReply } from './room-replies.ts';

/** What the scripts share with TypeScript. Each script gets those that it names, as local variables. */
const CONSTANTS = {
  COUNTERS_PER_EPOCH,
  ENDED_TOKEN_RETENTION_MS,
  END_REASONS,
  END_REASON_CODES,
  END_REASON_SPAN,
  INVENTORY_INTERVALS_MAX,
  LOG_CODES,
  PLACE_REPLY: placeReply.names,
  RECORD_STATES,
  SMOOTH_STEPS,
  STALE_EPOCH: 'STALE_EPOCH',
  WAIT_BUCKET_FIRST_MS,
  WAIT_BUCKET_GROWTH,
} as const;

/** How an error of a script begins that refuses the caller's epoch. */
export const { STALE_EPOCH } = CONSTANTS;

export type ScriptSourceOptions = {
  /** Lua that sets `now` to the moment in ms, in place of lua/shared/clock.lua. For tests. */
  readonly clockLua?: string | undefined;
};

/**
 * A script of lua/ with its includes, and before them those keys, constants and reply names that it uses. Its KEYS are all
 * the keys of a room, in the order of ROOM_KEY_NAMES.
 */
export function composeScript(script: RoomScript, { clockLua }: ScriptSourceOptions = {}): string {
  const body = withIncludes(readLua(script), clockLua, new Set());
  const keys = ROOM_KEY_NAMES.map((name, index) => [keyVariable(name), `KEYS[${index + 1}]`] as const);
  const constants = Object.entries({ ...CONSTANTS, REPLY: ROOM_REPLIES[script].names }).map(
    ([name, value]) => [name, toLua(value)] as const,
  );
  const head = [...keys, ...constants]
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(body))
    .map(([name, value]) => `local ${name} = ${value}`);
  return [...head, body].join('\n');
}

const INCLUDE = /^--- @include (\S+)$/gm;

/** Each file is included once, before the first file that needs it. */
function withIncludes(text: string, clockLua: string | undefined, included: Set<string>): string {
  return text.replaceAll(INCLUDE, (_, name: string) => {
    if (included.has(name)) return '';
    included.add(name);
    if (name === 'clock' && clockLua !== undefined) return clockLua;
    return withIncludes(readLua(`shared/${name}`), clockLua, included);
  });
}

/** `parkedUntil` is PARKED_UNTIL_KEY in Lua. */
function keyVariable(name: RoomKeyName): string {
  return `${name.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}_KEY`;
}

type Constant = string | number | readonly Constant[] | { readonly [name: string]: Constant };

function toLua(value: Constant): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    invariant(/^[\w-+]+$/.test(value), `${value} needs no escape in Lua`);
    return `'${value}'`;
  }
  if (Array.isArray(value)) return `{ ${value.map(toLua).join(', ')} }`;
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${name} = ${toLua(member)}`)
    .join(', ')} }`;
}

function readLua(name: string): string {
  return readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
}
