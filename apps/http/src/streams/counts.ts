/** Counts what is open, by key. A key without any is forgotten. */
export type Counts = {
  get(key: string): number;
  add(key: string): void;
  subtract(key: string): void;
};

export function createCounts(): Counts {
  const counts = new Map<string, number>();
  const get = (key: string) => counts.get(key) ?? 0;
  return {
    get,
    add: (key) => void counts.set(key, get(key) + 1),
    subtract(key) {
      const left = get(key) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    },
  };
}
