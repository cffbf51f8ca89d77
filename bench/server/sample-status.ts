/** As long as the status of a fan far back in the waiting line. */
export const STATUS = {
  concertId: '01KAQ4X3Y6F8D2M9T5R7W1Z0AB',
  status: 'WAITING',
  room: 'OPEN',
  position: 500_000,
  parked: false,
  estimatedWaitSeconds: 3_570,
  pollAfterMs: 20_000,
  issuedAt: '2026-12-01T11:00:00.182Z',
  asOf: '2026-12-01T11:30:00.417Z',
  sessionExpiresAt: null,
} as const;

/** As long as a real ticket. */
export const TICKET = `v1.bench.${'x'.repeat(136)}.${'x'.repeat(43)}`;
