import { newConcert, newEvent } from '@frontrow/application/contracts/shared/contract-builders.ts';
import type { SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import { describe, expect, it } from 'vitest';
import { createSeatHistory } from '../../src/streams/seat-history.ts';

const NOW = Date.UTC(2026, 11, 1, 11);
const IDS = { ids: { next: () => 'e' } };
const EVENT = newEvent(IDS, newConcert(IDS), { price: 100 });

function statesOf(letters: string, facts: Partial<SeatStates> = {}): SeatStates {
  return {
    letters,
    event: EVENT,
    sales: { state: 'RUNNING', reason: null },
    ended: [],
    asOf: NOW,
    ...facts,
  };
}

/** The events of a text: name, position and data. */
function eventsIn(text: string) {
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((block) => {
      const [, event, at, data] = /^event: (\w+)\nid: [\w-]+\.(\d+)\ndata: (.*)$/.exec(block) ?? [];
      return { event, at: Number(at), data: JSON.parse(data ?? '') as Record<string, unknown> };
    });
}

const LARGE = 'A'.repeat(1_000);
const withHeld = (...numbers: number[]) =>
  LARGE.replaceAll('A', (_, index: number) => (numbers.includes(index + 1) ? 'H' : 'A'));

describe('a history of seats', () => {
  it('begins with the whole state, and sends it to clients that have nothing', () => {
    const history = createSeatHistory(statesOf('AHS'));
    expect(history.position()).toBe(0);
    const [event, ...others] = eventsIn(history.since(null));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event: 'state',
      at: 0,
      data: { eventId: 'e', states: 'AHS', price: 100, layoutVersion: 0, salesState: 'RUNNING' },
    });
  });

  it('sends the ranges that have changed, as the same text to every client', () => {
    const history = createSeatHistory(statesOf(LARGE));
    expect(history.add(statesOf(withHeld(7, 8, 500), { asOf: NOW + 250 }), false)).toBe(true);
    const [changes] = eventsIn(history.since(0));
    const seats = [
      [7, 'HH'],
      [500, 'H'],
    ];
    expect(changes).toMatchObject({ event: 'changes', at: 1, data: { seats, reason: null } });
    expect(changes?.data).not.toHaveProperty('states');
    expect(changes?.data['asOf']).toBe(new Date(NOW + 250).toISOString());
    expect(history.since(1)).toBe('');
    expect(eventsIn(history.since(null))).toMatchObject([{ event: 'state', at: 1 }]);
  });

  it('adds nothing while only the moment changes, unless clients wait for it', () => {
    const history = createSeatHistory(statesOf(LARGE));
    expect(history.add(statesOf(LARGE, { asOf: NOW + 250 }), false)).toBe(false);
    expect(history.position()).toBe(0);
    expect(history.add(statesOf(LARGE, { asOf: NOW + 500 }), true)).toBe(true);
    expect(eventsIn(history.since(0))).toMatchObject([{ event: 'changes', data: { seats: [] } }]);
  });

  it('tells new sales, prices, layout versions and seats', () => {
    const history = createSeatHistory(statesOf(LARGE));
    const stopped = { state: 'STOPPED', reason: 'soon' } as const;
    history.add(statesOf(LARGE, { sales: stopped }), false);
    history.add(statesOf(LARGE, { sales: stopped, event: { ...EVENT, price: 200 } }), false);
    history.add(statesOf(LARGE, { sales: stopped, event: { ...EVENT, layoutVersion: 2 } }), false);
    history.add(statesOf(`${LARGE}AA`, { sales: stopped }), false);
    const events = eventsIn(history.since(0));
    expect(
      events.map(({ data: { price, layoutVersion, reason } }) => [price, layoutVersion, reason]),
    ).toEqual([
      [100, 0, 'soon'],
      [200, 0, 'soon'],
      [100, 2, 'soon'],
      [100, 0, 'soon'],
    ]);
    expect(events.at(-1)?.data['seats']).toEqual([[1_001, 'AA']]);
  });

  it('sends the changes since a position, and the whole state where that is shorter or the position unknown', () => {
    const history = createSeatHistory(statesOf(LARGE));
    for (let number = 1; number <= 50; number += 1) history.add(statesOf(withHeld(number)), false);
    expect(eventsIn(history.since(48))).toMatchObject([
      { event: 'changes', at: 49 },
      { event: 'changes', at: 50 },
    ]);
    for (const position of [0, 10, 51, 1_000, null])
      expect(eventsIn(history.since(position))).toMatchObject([{ event: 'state', at: 50 }]);
    for (let position = 0; position <= 50; position += 1)
      expect(history.since(position).length).toBeLessThanOrEqual(history.since(null).length);
  });

  it('sends the whole state where one change is longer', () => {
    const history = createSeatHistory(statesOf(LARGE));
    history.add(statesOf('AH'.repeat(500)), false);
    expect(eventsIn(history.since(0))).toMatchObject([{ event: 'state', at: 1 }]);
  });

  it('knows the positions of its own ids, and of no others', () => {
    const [history, other] = [createSeatHistory(statesOf(LARGE)), createSeatHistory(statesOf(LARGE))];
    history.add(statesOf(withHeld(1)), false);
    const id = /^id: (.*)$/m.exec(history.since(0))?.[1] ?? '';
    expect(history.positionOf(id)).toBe(1);
    expect(other.positionOf(id)).toBeNull();
    for (const foreign of [undefined, '', '1', `${id}x`, id.replace('.1', '.'), id.replace('.1', '.-1')])
      expect(history.positionOf(foreign)).toBeNull();
  });
});
