import { describe, expect, it } from 'vitest';
import { NO_PLACE, type Place, afterUpdate } from '../../../src/fan/room/place.ts';
import { queueStatus, roomStatus } from './statuses.ts';

const after = (place: Place, ...statuses: Parameters<typeof queueStatus>) =>
  afterUpdate(place, { kind: 'status', status: queueStatus(...statuses) });

describe('afterUpdate', () => {
  it('keeps the lowest position, and the first', () => {
    const place = [9, 7, 8].reduce((before, position) => after(before, { position }), NO_PLACE);

    expect(place.position).toBe(7);
    expect(place.firstPosition).toBe(9);
  });

  it('keeps the position while places are restored', () => {
    expect(after(after(NO_PLACE, { position: 7 }), { position: null }).position).toBe(7);
  });

  it('begins anew with another place of the fan', () => {
    const place = after(after(NO_PLACE, { position: 7 }), { position: 900, sequence: 1_000 });

    expect(place.position).toBe(900);
    expect(place.firstPosition).toBe(900);
    expect(place.before).toBeNull();
  });

  it('remembers what came before a turn and before an end', () => {
    const waiting = after(NO_PLACE);
    const turn = after(waiting, { status: 'ACTIVE', position: 0 });
    const over = after(turn, { status: 'EXPIRED', position: null });

    expect([waiting.before, turn.before, over.before]).toEqual([null, 'WAITING', 'ACTIVE']);
    expect(after(NO_PLACE, { status: 'ACTIVE' }).before).toBeNull();
    expect(after(after(NO_PLACE, { parked: true }), { status: 'EXPIRED' }).before).toBe('PARKED');
  });

  it('forgets the end with the next status, and keeps the room', () => {
    const room = roomStatus();
    let place = afterUpdate(after(NO_PLACE), { kind: 'room', room });
    place = afterUpdate(place, {
      kind: 'end',
      end: { kind: 'ENDED', status: queueStatus({ status: 'LEFT' }) },
    });
    expect(place.end).not.toBeNull();

    place = after(place, { sequence: 200 });

    expect(place.end).toBeNull();
    expect(place.room).toBe(room);
  });
});
