/** The seats of a date of fifty, as the list of them is answered: as long as a real one. */
export const SEAT_MAP = {
  eventId: '01KAQ4X3Y6F8D2M9T5R7W1Z0AB',
  seatCount: 50,
  availableCount: 50,
  seats: Array.from({ length: 50 }, (_, index) => ({
    number: index + 1,
    price: 100_000,
    status: 'AVAILABLE',
  })),
};

/** A page of concerts as long as one of those in bench/data. */
export const CONCERT_PAGE = {
  items: Array.from({ length: 20 }, (_, index) => ({
    id: `01JDCNCERT${String(index).padStart(16, '0')}`,
    title: `Winter Light ${index}`,
    artist: 'The Night Owls',
    description: 'An evening. '.repeat(20),
  })),
  nextCursor: 'Y29uY2VydHM6MDFKRENOQ0VSVDAwMDAwMDAwMDAwMDAwMTk',
};
