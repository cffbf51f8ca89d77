import { startTimer } from './elapsed.ts';
import { type StreamEvent, createEventParser } from './event-parser.ts';

export type StreamReading = {
  /** `OVER`: its server has ended it. `SILENT`: no byte for too long. `BROKEN`: anything else. `STOPPED`: `onEvent` asked for it. */
  readonly kind: 'OVER' | 'SILENT' | 'BROKEN' | 'STOPPED';
  readonly retryMs: number;
  readonly events: number;
};

export type StreamReader = {
  /** Ends a stream that has been silent for a while: a device that has slept may have lost its connection unnoticed. */
  checkSilence(): void;
  readonly result: Promise<StreamReading>;
};

/** A stream begins with its retry. One that does not is held back by a proxy. */
const FIRST_BYTE_WITHIN_MS = 10_000;
/** The server sends a comment after 15 seconds without an event. */
const SILENCE_MAX_MS = 25_000;
const SUSPICIOUS_SILENCE_MS = 20_000;
const CHECK_EVERY_MS = 5_000;
const RETRY_MS = 3_000;
const RETRY_MAX_MS = 60_000;

/**
 * Reads an event stream to its end. `onEvent` returns whether it wants more. `onBegin` is called for a stream that begins
 * without an event, as one does that goes on from the last event while nothing has changed.
 */
export function readStream(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: StreamEvent) => boolean,
  onBegin: () => void,
): StreamReader {
  const reader = body.getReader();
  let silence = startTimer();
  let silenceMaxMs = FIRST_BYTE_WITHIN_MS;
  let retryMs = RETRY_MS;
  let events = 0;
  let end: StreamReading['kind'] | null = null;

  function stop(kind: StreamReading['kind']): void {
    end ??= kind;
    reader.cancel().catch(() => {});
  }

  const parser = createEventParser({
    onEvent(event) {
      events += 1;
      if (end === null && !onEvent(event)) stop('STOPPED');
    },
    onRetry: (ms) => (retryMs = Math.min(RETRY_MAX_MS, ms)),
  });

  async function read(): Promise<StreamReading['kind']> {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (end !== null) return end;
      if (done) return 'OVER';
      const isFirst = silenceMaxMs === FIRST_BYTE_WITHIN_MS;
      silence = startTimer();
      silenceMaxMs = SILENCE_MAX_MS;
      parser.push(decoder.decode(value, { stream: true }));
      if (isFirst && events === 0) onBegin();
    }
  }

  const watchdog = setInterval(() => silence() > silenceMaxMs && stop('SILENT'), CHECK_EVERY_MS);
  const result = read()
    .catch((): StreamReading['kind'] => {
      stop('BROKEN');
      return end ?? 'BROKEN';
    })
    .then((kind) => ({ kind, retryMs, events }))
    .finally(() => clearInterval(watchdog));
  return { checkSilence: () => silence() > SUSPICIOUS_SILENCE_MS && stop('SILENT'), result };
}
