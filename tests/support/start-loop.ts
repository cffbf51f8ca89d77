export type Loop = {
  /** Resolves when the step that is in progress has ended. */
  stop(): Promise<void>;
};

/** Repeats `step`, which waits for something, until the loop is stopped. */
export function startLoop(step: () => Promise<void>): Loop {
  const controller = new AbortController();
  const running = (async () => {
    while (!controller.signal.aborted) await step();
  })();
  return {
    async stop() {
      controller.abort();
      await running;
    },
  };
}
