/** A member that an act changed. */
export type Difference = {
  /** The names that lead to the member, such as `hold.ttlMs`; empty for the whole value. */
  readonly path: string;
  /** JSON; undefined where there was none. */
  readonly before: unknown;
  readonly after: unknown;
};

const DIFFERENCES_MAX = 200;

/**
 * The members of two JSON values that differ, in the order of their names. Lists are compared entry by entry. At most 200, because
 * nobody reads more.
 */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  collect(before, after, '', found);
  return found;
}

function collect(before: unknown, after: unknown, path: string, found: Difference[]): void {
  if (found.length >= DIFFERENCES_MAX || Object.is(before, after)) return;
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    found.push({ path, before, after });
    return;
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names)
    collect(memberOf(before, name), memberOf(after, name), path === '' ? name : `${path}.${name}`, found);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A member that is not there, or is inherited as `toString`, is undefined. */
function memberOf(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
}
