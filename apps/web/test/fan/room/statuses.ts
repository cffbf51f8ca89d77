import type { QueueStatus, RoomStatus } from '@frontrow/client';

export function queueStatus(differences: Partial<QueueStatus> = {}): QueueStatus {
  return {
    concertId: 'concert-1',
    status: 'WAITING',
    sequence: 100,
    room: 'OPEN',
    reason: null,
    seatsReturned: 0,
    position: 7,
    parked: false,
    estimatedWaitSeconds: 90,
    pollAfterMs: 5_000,
    issuedAt: '2026-12-01T11:00:00.000Z',
    asOf: '2026-12-01T11:00:10.000Z',
    sessionExpiresAt: null,
    ...differences,
  };
}

export function roomStatus(differences: Partial<RoomStatus> = {}): RoomStatus {
  return {
    concertId: 'concert-1',
    room: 'OPEN',
    reason: null,
    asOf: '2026-12-01T11:00:10.000Z',
    epoch: 1,
    restoringUntil: null,
    firstWaitingSequence: 94,
    line: [
      { sequence: 94, position: 1 },
      { sequence: 100, position: 7 },
    ],
    waits: [{ upToPosition: 7, medianSeconds: 80, p90Seconds: 100 }],
    admissionRate: null,
    seatsLeft: null,
    dates: null,
    seatsReturned: 3,
    ...differences,
  };
}
