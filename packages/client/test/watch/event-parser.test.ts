import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StreamEvent, createEventParser } from '../../src/watch/event-parser.ts';

function parse(parts: readonly string[]) {
  const events: StreamEvent[] = [];
  const retries: number[] = [];
  const parser = createEventParser({
    onEvent: (event) => events.push(event),
    onRetry: (ms) => retries.push(ms),
  });
  for (const part of parts) parser.push(part);
  return { events, retries };
}

const TEXT =
  'retry: 3187\n\n:\n\nevent: status\nid: 1.2\ndata: {"a":\ndata: 1}\n\nevent: end\r\ndata:x\r\n\r\ndata: cut';

describe('the event parser', () => {
  it('has the name, the id and the lines of data of each event, and the retry', () => {
    expect(parse([TEXT])).toEqual({
      events: [
        { name: 'status', id: '1.2', data: '{"a":\n1}' },
        { name: 'end', id: null, data: 'x' },
      ],
      retries: [3187],
    });
  });

  it('does not depend on how the text is cut', () => {
    const whole = parse([TEXT]);
    const cuts = fc.array(fc.integer({ min: 0, max: TEXT.length }), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, (at) => {
        const sorted = [0, ...at.toSorted((a, b) => a - b), TEXT.length];
        const parts = sorted.slice(1).map((end, index) => TEXT.slice(sorted[index], end));
        expect(parse(parts)).toEqual(whole);
      }),
    );
  });

  it('ignores comments, unknown fields, events without data and a retry that is no number', () => {
    expect(parse([': a\nfoo: b\nevent: status\n\nretry: soon\ndata\n\n'])).toEqual({
      events: [{ name: 'message', id: null, data: '' }],
      retries: [],
    });
  });

  it('takes an event of ten thousand changes in small parts', () => {
    const data = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => [2 * index + 1, 'H']));
    const text = `event: changes\ndata: ${data}\n\n`;
    const parts = Array.from({ length: Math.ceil(text.length / 16) }, (_, at) =>
      text.slice(at * 16, at * 16 + 16),
    );
    expect(parse(parts).events).toEqual([{ name: 'changes', id: null, data }]);
  });

  it('throws for an event without end', () => {
    const parser = createEventParser({ onEvent: () => {}, onRetry: () => {} });
    const line = `data: ${'x'.repeat(1_000_000)}\n`;
    expect(() => {
      for (let count = 0; count < 100; count += 1) parser.push(line);
    }).toThrow(RangeError);
  });
});
