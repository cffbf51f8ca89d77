/**
 * Counts how often a process has found that a server accepts no more writes, or has lost a connection to it. The pools of
 * a process share one count, because what one connection meets concerns every older one: a proxy that leads new connections
 * to another primary may keep the old ones open.
 */
export type Generation = {
  current(): number;
  /** Ends the generation of a connection, and those before it. Does nothing for one that has ended already. */
  end(generation: number): void;
  /** Calls back whenever a generation has ended. */
  onEnd(listener: () => void): void;
};

export function createGeneration(): Generation {
  let current = 0;
  const listeners: (() => void)[] = [];
  return {
    current: () => current,
    end(generation) {
      if (generation < current) return;
      current = generation + 1;
      for (const listener of listeners) listener();
    },
    onEnd: (listener) => void listeners.push(listener),
  };
}
