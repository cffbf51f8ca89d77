import { readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';

/** The environment is not usable. The message names every invalid or missing variable, and no value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export function unusableEnvironment(complaints: Iterable<string>): ConfigurationError {
  const lines = [...new Set(complaints)].toSorted().map((complaint) => `  ${complaint}`);
  return new ConfigurationError(['The environment is not usable:', ...lines].join('\n'));
}

/**
 * Reads `env` by `schema`, an object of strings by variable. An empty variable counts as absent. A variable that holds a
 * secret may be given as the path of a file instead, in a variable of its name with `_FILE` behind it. A variable whose
 * name is nearly that of a known one is refused, because its value would silently be ignored.
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const known = Object.keys(schema.shape);
  const { variables, complaints } = readSecretFiles(set, known);
  complaints.push(...misspelt(Object.keys(set), known));
  const parsed = schema.safeParse(variables);
  if (parsed.success && complaints.length === 0) return parsed.data;
  const faults = (parsed.error?.issues ?? []).flatMap(({ path, code, message }) => {
    const variable = String(path[0]);
    const isMissing = code === 'invalid_type' && variables[variable] === undefined;
    if (isMissing && set[`${variable}_FILE`] !== undefined) return []; // its file cannot be read
    return [`${variable} ${isMissing ? 'is missing' : message}`];
  });
  throw unusableEnvironment([...complaints, ...faults]);
}

const SECRET_VARIABLES = [
  'MYSQL_URL',
  'MYSQL_READ_URL',
  'MYSQL_MIGRATION_PASSWORD',
  'MYSQL_HTTP_PASSWORD',
  'MYSQL_WORKER_PASSWORD',
  'MYSQL_READ_PASSWORD',
  'REDIS_URL',
  'REDIS_SENTINEL_PASSWORD',
  'QUEUE_TOKEN_SECRETS',
  'WEBHOOK_SECRET_KEYS',
  'ENTRY_TICKET_SECRETS',
  'AUTH_JWT_SECRET',
];

function readSecretFiles(set: Readonly<Record<string, string | undefined>>, known: readonly string[]) {
  const variables = { ...set };
  const complaints: string[] = [];
  for (const variable of SECRET_VARIABLES.filter((name) => known.includes(name))) {
    const file = set[`${variable}_FILE`];
    if (file === undefined) continue;
    if (set[variable] !== undefined)
      complaints.push(`${variable}_FILE must not be set together with ${variable}`);
    else variables[variable] = readTextFile(file, `${variable}_FILE`, complaints)?.replace(/\r?\n$/, '');
  }
  return { variables, complaints };
}

/** Undefined for a file that cannot be read, which is added to `complaints`. */
export function readTextFile(path: string, variable: string, complaints: string[]): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    complaints.push(
      `${variable} names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
    return undefined;
  }
}

/** Shorter names, such as HOST, are close to names of other programs. */
const MISSPELT_LENGTH_MIN = 7;
const MISSPELT_DISTANCE_MAX = 2;

function misspelt(set: readonly string[], known: readonly string[]): string[] {
  const files = SECRET_VARIABLES.map((name) => `${name}_FILE`);
  const names = [...known, ...files].filter((name) => name.length >= MISSPELT_LENGTH_MIN);
  const unknown = set.filter((name) => !known.includes(name) && !files.includes(name));
  return unknown.flatMap((name) => {
    const near = names.find((candidate) => distance(name, candidate) <= MISSPELT_DISTANCE_MAX);
    return near === undefined ? [] : [`${name} is not known; did you mean ${near}?`];
  });
}

export function wholeNumber(min: number, max: number) {
  const isWithin = (text: string) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return z.string().refine(isWithin, `must be a whole number from ${min} to ${max}`).transform(Number);
}

export const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, `must be one of ${names.join(', ')}`);
