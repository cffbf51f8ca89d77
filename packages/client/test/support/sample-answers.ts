import type { QueueStatus, RoomStatus, SeatStates } from '../../src/index.ts';

const AS_OF = Date.parse('2026-12-01T11:00:00.000Z');

/** A status whose `asOf` is so many ms after that of the first. */
export function queueStatus(afterMs: number, facts: Partial<QueueStatus> = {}): QueueStatus {
  return {
    concertId: 'concert',
    status: 'WAITING',
    sequence: 7,
    room: 'OPEN',
    reason: null,
    seatsReturned: 0,
    position: 100,
    parked: false,
    estimatedWaitSeconds: 20,
    pollAfterMs: 5_000,
    issuedAt: '2026-12-01T10:59:00.000Z',
    asOf: new Date(AS_OF + afterMs).toISOString(),
    sessionExpiresAt: null,
    ...facts,
  };
}

export function endedStatus(afterMs: number, status: 'COMPLETED' | 'LEFT' | 'EXPIRED'): QueueStatus {
  return queueStatus(afterMs, { status, position: null, estimatedWaitSeconds: null, pollAfterMs: null });
}

export function seatStates(afterMs: number, states: string, facts: Partial<SeatStates> = {}): SeatStates {
  return {
    eventId: 'event',
    asOf: new Date(AS_OF + afterMs).toISOString(),
    layoutVersion: 1,
    price: 120_000,
    salesState: 'RUNNING',
    reason: null,
    states,
    ...facts,
  };
}

export function roomStatus(afterMs: number, facts: Partial<RoomStatus> = {}): RoomStatus {
  return {
    concertId: 'concert',
    room: 'OPEN',
    reason: null,
    asOf: new Date(AS_OF + afterMs).toISOString(),
    epoch: 1,
    restoringUntil: null,
    firstWaitingSequence: 10,
    line: [
      { sequence: 10, position: 1 },
      { sequence: 20, position: 5 },
      { sequence: 25, position: 10 },
    ],
    waits: [
      { upToPosition: 4, medianSeconds: 5, p90Seconds: 6 },
      { upToPosition: 10, medianSeconds: 9, p90Seconds: 12 },
    ],
    admissionRate: null,
    seatsLeft: null,
    dates: null,
    seatsReturned: null,
    ...facts,
  };
}

/** An event with a body, as the server formats it. */
export function eventText(name: string, data: unknown, id?: string): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
