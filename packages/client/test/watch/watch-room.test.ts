import { positionByMarks } from '@frontrow/domain/waiting-room/line-marks.ts';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { RoomStatus } from '../../src/generated/types.gen.ts';
import { positionInRoom, waitInRoom, watchRoom } from '../../src/watch/watch-room.ts';
import { roomStatus } from '../support/sample-answers.ts';
import { answers, createServerDouble, disconnects, refuses } from '../support/server-double.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('watchRoom', () => {
  it('reads the room every two to five seconds, and reports no older answer', async () => {
    const { client, requests } = createServerDouble(
      answers(roomStatus(100)),
      answers(roomStatus(50)),
      disconnects,
      answers(roomStatus(200)),
      refuses(404, 'NOT_FOUND'),
    );
    const rooms: RoomStatus[] = [];
    const room = watchRoom({
      client,
      concertId: 'concert',
      onRoom: (status) => rooms.push(status),
      random: () => 0,
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(rooms).toEqual([roomStatus(100), roomStatus(200)]);
    expect(await room.ended).toMatchObject({ kind: 'REFUSED', problem: { code: 'NOT_FOUND' } });
  });
});

describe('positionInRoom', () => {
  it('computes the position as the server does', () => {
    const steps = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true })),
      {
        maxLength: 50,
      },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 2_000 }), (gaps, sequence) => {
        const line: { sequence: number; position: number }[] = [];
        for (const [gap, share] of gaps) {
          const last = line.at(-1) ?? { sequence: 0, position: 0 };
          const waiting = line.length === 0 ? 1 : 1 + Math.floor((gap - 1) * share);
          line.push({ sequence: last.sequence + gap, position: last.position + waiting });
        }
        expect(positionInRoom({ line }, sequence)).toBe(positionByMarks(line, sequence));
      }),
    );
  });

  it('is not known for a place that is admitted, ended or newer than the answer', () => {
    expect([9, 10, 15, 25, 26].map((sequence) => positionInRoom(roomStatus(0), sequence))).toEqual([
      null,
      1,
      4,
      10,
      null,
    ]);
  });
});

test('waitInRoom has the estimate of the group of a position', () => {
  const room = roomStatus(0);
  expect([1, 4, 5, 11].map((position) => waitInRoom(room, position)?.medianSeconds)).toEqual([
    5,
    5,
    9,
    undefined,
  ]);
});
