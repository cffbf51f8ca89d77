/** As long as a real seat map of 50 seats. */
export const SEAT_MAP = {
  eventId: '01KAQ4X3Y6F8D2M9T5R7W1Z0AB',
  seatCount: 50,
  availableCount: 50,
  layoutVersion: 0,
  salesState: 'RUNNING',
  reason: null,
  seats: Array.from({ length: 50 }, (_, index) => ({
    number: index + 1,
    price: 100_000,
    status: 'AVAILABLE',
  })),
};

/** As long as a page of the concerts that bench/data loads. */
export const CONCERT_PAGE = {
  items: Array.from({ length: 20 }, (_, index) => ({
    id: `01JDCNCERT${String(index).padStart(16, '0')}`,
    title: `Winter Light ${index}`,
    artist: 'The Night Owls',
    description: 'An evening. '.repeat(20),
  })),
  nextCursor: 'Y29uY2VydHM6MDFKRENOQ0VSVDAwMDAwMDAwMDAwMDAwMTk',
};

/** As long as a real refusal of one seat. */
export const REFUSAL = {
  type: 'urn:frontrow:problem:SEAT_UNAVAILABLE',
  title: 'A seat is not available',
  status: 409,
  detail: 'Not available: 7. No seat was held.',
  instance: '/v1/reservations',
  code: 'SEAT_UNAVAILABLE',
  unavailableSeats: [7],
} as const;
