/** What was touched lately, in bounded memory: at most twice `max` entries. */
export type Recent<Value> = {
  /** Touches the entry. */
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
};

/**
 * Two generations: once the young one holds `max` entries it becomes the old one, and the old one is forgotten. So an
 * entry is kept until at least `max` others have been touched after it, at the cost of a plain map.
 */
export function createRecent<Value>(max: number): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(key: string, value: Value): void {
    if (young.size >= max && !young.has(key)) [old, young] = [young, new Map()];
    young.set(key, value);
  }

  return {
    set,
    get(key) {
      const found = young.get(key);
      if (found !== undefined) return found;
      const remembered = old.get(key);
      if (remembered !== undefined) set(key, remembered);
      return remembered;
    },
  };
}
