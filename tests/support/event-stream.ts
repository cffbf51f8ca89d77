export type StreamEvent = {
  readonly event: string;
  readonly id: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- the test knows the JSON that the server sends
  readonly data: any;
};

/** A stream of Server-Sent Events, read with fetch as in a browser. */
export type EventStream = {
  readonly response: Response;
  /** The events received so far. */
  readonly events: readonly StreamEvent[];
  readonly retries: readonly number[];
  readonly comments: readonly string[];
  /** The next event for which `isWanted`, beginning after the last one returned; throws when the stream ends. */
  readonly next: (isWanted?: (event: StreamEvent) => boolean) => Promise<StreamEvent>;
  /** Resolves when the body ends; rejects when the connection breaks. */
  readonly ended: Promise<void>;
  readonly close: () => void;
};

/** Streams the status of the place that the ticket is for. */
export function openEventStream(
  address: string,
  ticket: string,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  return readEventStream(`${address}/v1/queue-tokens/current/stream`, { 'queue-token': ticket, ...headers });
}

/** Streams the seats of a date. */
export function openSeatStream(
  address: string,
  eventId: string,
  { accessToken, ticket }: { readonly accessToken: string; readonly ticket: string },
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const credentials = { authorization: `Bearer ${accessToken}`, 'queue-token': ticket };
  return readEventStream(`${address}/v1/events/${eventId}/seats/stream`, { ...credentials, ...headers });
}

async function readEventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  });
  const events: StreamEvent[] = [];
  const retries: number[] = [];
  const comments: string[] = [];
  let wake = Promise.withResolvers<void>();
  let isEnded = false;
  let returned = 0;

  function parseBlock(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon === 0) comments.push(line.slice(1).trim());
      else if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
    }
    if (fields.has('retry')) retries.push(Number(fields.get('retry')));
    const data = fields.get('data');
    if (data === undefined) return;
    events.push({ event: fields.get('event') ?? 'message', id: fields.get('id'), data: JSON.parse(data) });
  }

  async function read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) parseBlock(block);
        wake.resolve();
        wake = Promise.withResolvers<void>();
      }
    } finally {
      isEnded = true;
      wake.resolve();
    }
  }

  async function next(isWanted: (event: StreamEvent) => boolean = () => true): Promise<StreamEvent> {
    for (;;) {
      for (const event of events.slice(returned)) {
        returned += 1;
        if (isWanted(event)) return event;
      }
      if (isEnded) throw new Error(`the stream has ended after ${JSON.stringify(events.at(-1))}`);
      await wake.promise;
    }
  }

  const ended = read();
  ended.catch(() => undefined); // handled by the caller that awaits `ended`
  return {
    response,
    events,
    retries,
    comments,
    next,
    ended,
    close: () => abort.abort(),
  };
}
