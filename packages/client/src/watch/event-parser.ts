/** One Server-Sent Event. */
export type StreamEvent = { readonly name: string; readonly id: string | null; readonly data: string };

export type EventParser = {
  /** The next part of the text, cut anywhere. */
  push(text: string): void;
};

type EventHandlers = {
  readonly onEvent: (event: StreamEvent) => void;
  /** The delay before a reconnection that the server asks for. */
  readonly onRetry: (ms: number) => void;
};

/** An event of this many characters comes from something else than frontrow. */
const EVENT_LENGTH_MAX = 8_000_000;

/**
 * Parses an event stream as https://html.spec.whatwg.org/multipage/server-sent-events.html describes it. An event whose empty
 * line is missing is not complete and is dropped. Throws a RangeError for an event without end.
 */
export function createEventParser({ onEvent, onRetry }: EventHandlers): EventParser {
  let rest = '';
  let event = { name: 'message', id: null as string | null, data: [] as string[] };
  let length = 0;

  function endEvent(): void {
    if (event.data.length > 0) onEvent({ ...event, data: event.data.join('\n') });
    event = { name: 'message', id: null, data: [] };
    length = 0;
  }

  function addLine(line: string): void {
    length += line.length;
    if (line === '') return endEvent();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') event.data.push(value);
    else if (field === 'event') event.name = value;
    else if (field === 'id') event.id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  }

  return {
    push(text) {
      // A line is searched once, however many parts it comes in.
      let from = rest.length;
      rest += text;
      if (length + rest.length > EVENT_LENGTH_MAX) throw new RangeError('an event without end');
      let start = 0;
      for (let end = rest.indexOf('\n', from); end >= 0; end = rest.indexOf('\n', from)) {
        addLine(rest.slice(start, end).replace(/\r$/, ''));
        start = end + 1;
        from = start;
      }
      rest = rest.slice(start);
    },
  };
}
