/**
 * Runs something in one tab of the browser for all tabs that show the same.
 *
 * - FOLLOWING: another tab runs it; this one receives its updates, and waits for the lock.
 * - LEADING: this tab has the lock, runs it and sends each update to the others.
 *
 * A tab that the fan looks at takes the lock over, because a browser slows down the tabs in the background. A leader that is
 * closed releases the lock to the next tab. Where the browser has no locks or no channels, every tab leads.
 */
export type InOneTab = {
  /** Makes this tab the leader. */
  takeOver(): void;
  /** Begins anew, in this tab. */
  restart(): void;
  /** Asks the subject for its newest state, if this tab leads. */
  refresh(): void;
  stop(): void;
};

export type Running = { refresh(): void; stop(): void };

type InOneTabOptions<Update extends { readonly kind: string }> = {
  readonly name: string;
  /** Begins to run in this tab. After its last update, tabs that are opened later are told nothing. */
  readonly start: (send: (update: Update, isLast?: boolean) => void) => Running;
  /** Called with the updates of this tab and of the others. */
  readonly onUpdate: (update: Update) => void;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly openChannel: ((name: string) => BroadcastChannel) | undefined;
};

const idle = () => {};

type Message<Update> = { readonly asks: true } | { readonly update: Update };

export function runInOneTab<Update extends { readonly kind: string }>(
  options: InOneTabOptions<Update>,
): InOneTab {
  const { name, start, onUpdate, locks } = options;
  const channel = locks === undefined ? undefined : options.openChannel?.(name);
  const latest = new Map<string, Update>();
  let running: Running | null = null;
  let release = idle;
  let waiting = new AbortController();
  /** Which lock this tab leads by: of two that follow each other, the end of the first must not stop the second. */
  let leadership: symbol | null = null;
  let isTakingOver = false;
  let isOver = false;

  const post = (message: Message<Update>) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin only
    channel?.postMessage(message);
  };

  function send(update: Update, isLast = false): void {
    if (isLast) latest.clear();
    else latest.set(update.kind, update);
    post({ update });
    onUpdate(update);
  }

  function end(): void {
    running?.stop();
    running = null;
  }

  function begin(): void {
    end();
    latest.clear();
    running = start(send);
  }

  function lead(mine: symbol): Promise<void> {
    return new Promise((resolve) => {
      isTakingOver = false;
      leadership = mine;
      release = resolve;
      if (isOver) resolve();
      else begin();
    });
  }

  /** Resolves when this tab leads no more, with whether it shall follow then. */
  async function compete(how: LockOptions): Promise<boolean> {
    const mine = Symbol(name);
    try {
      if (locks === undefined) throw new Error('this browser has no locks');
      await locks.request(name, how, () => lead(mine));
    } catch (error) {
      // AbortError: another tab has taken the lock over, or this one has given up waiting for it.
      const { name: reason } = error as Error;
      if (reason !== 'AbortError') {
        if (!isOver) begin();
        return false;
      }
    }
    if (leadership === mine) end();
    return !isOver && how.signal?.aborted !== true;
  }

  async function follow(): Promise<void> {
    do waiting = new AbortController();
    while (await compete({ signal: waiting.signal }));
  }

  async function takeOver(): Promise<void> {
    if (running !== null || isTakingOver || isOver) return;
    isTakingOver = true;
    waiting.abort();
    const mayFollow = await compete({ steal: true });
    isTakingOver = false;
    if (mayFollow) await follow();
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<Message<Update>>) => {
    if ('update' in data) {
      if (running === null) onUpdate(data.update);
    } else if (running !== null) for (const update of latest.values()) post({ update });
  });
  post({ asks: true });
  void follow();

  return {
    takeOver: () => void takeOver(),
    restart: () => {
      if (isOver) return;
      if (running === null) void takeOver();
      else begin();
    },
    refresh: () => running?.refresh(),
    stop: () => {
      isOver = true;
      waiting.abort();
      end();
      release();
      channel?.close();
    },
  };
}
