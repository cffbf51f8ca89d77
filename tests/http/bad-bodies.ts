/** Refused bodies of a hold, by what is wrong with them. The event `eventId` has seats 1 to 50. */
export function badHolds(eventId: string): Record<string, unknown> {
  const seats = (seatNumbers: unknown) => ({ eventId, seatNumbers });
  return {
    'seat 0': seats([0]),
    'seat 51': seats([51]),
    'a negative seat': seats([-1]),
    'a huge seat': seats([1e15]),
    'half a seat': seats([1.5]),
    'a seat as text': seats(['1']),
    'a seat twice': seats([2, 2]),
    'no seats': seats([]),
    'seats that are no list': seats(7),
    'seats that are null': seats(null),
    'seats that are missing': { eventId },
    'far too many seats': seats(Array.from({ length: 51 }, (_, index) => index + 1)),
    'an event id that is a number': { eventId: 5, seatNumbers: [1] },
    'an empty event id': { eventId: '', seatNumbers: [1] },
    'a very long event id': { eventId: 'x'.repeat(1_000), seatNumbers: [1] },
    'an unknown property': { ...seats([1]), userId: 'somebody else' },
    'a price of the client': { ...seats([1]), price: 1 },
    'a prototype': `{"eventId":"${eventId}","seatNumbers":[1],"__proto__":{"isAdmin":true}}`,
    'a list': [seats([1])],
    null: 'null',
    nothing: '',
    'half of it': `{"eventId":"${eventId}","seatNumbers":[1`,
    'no JSON': 'eventId=1',
    'a comma too many': `{"eventId":"${eventId}","seatNumbers":[1,]}`,
  };
}

export const BAD_AMOUNTS: Record<string, unknown> = {
  zero: 0,
  negative: -1,
  'a half': 0.5,
  text: '100',
  null: null,
  'one more than a wallet holds': 1_000_000_000_001,
  'beyond exact integers': 2 ** 53,
  astronomical: 1e300,
};

export const BAD_EVENTS: Record<string, object> = {
  'no seats': { seatCount: 0 },
  'too many seats': { seatCount: 50_001 },
  'a negative price': { price: -1 },
  'a huge price': { price: 1_000_000_000_001 },
  'a start that is no time': { startsAt: 'tomorrow' },
  'a day that does not exist': { startsAt: '2027-02-30T00:00:00.000Z' },
  'a window that ends before it begins': { reservationEndAt: '2000-01-01T00:00:00.000Z' },
  'an empty venue': { venue: '' },
  'an unknown property': { soldOut: true },
};

export const BAD_POLICIES: Record<string, object> = {
  'a batch of none': { admission: { batchSize: 0 } },
  'a batch too large': { admission: { batchSize: 100_001 } },
  'an unknown state': { admission: { state: 'STOPPED' } },
  'an interval too short': { admission: { intervalMs: 99 } },
  'a hold for ever': { hold: { ttlMs: 86_400_001 } },
  'no seats at all': { hold: { maxSeatsPerReservation: 0 } },
  'an unknown member': { admission: { batch: 3 } },
  'an unknown part': { seats: {} },
  'a presale without its end': { presale: {} },
};

/** Paths of GET requests, and their answers. */
export const BAD_READS: [path: string, answer: string][] = [
  ['/v1/wallet/entries?limit=0', '400 VALIDATION_FAILED'],
  ['/v1/wallet/entries?limit=101', '400 VALIDATION_FAILED'],
  ['/v1/payments?limit=many', '400 VALIDATION_FAILED'],
  ['/v1/reservations?cursor=nonsense', '400 VALIDATION_FAILED'],
  ['/v1/concerts/%E0%A4%A', '400 VALIDATION_FAILED'],
  ['/v1/concerts/nothing/events?bookable=maybe', '400 VALIDATION_FAILED'],
  [`/v1/concerts/${'x'.repeat(300)}`, '400 VALIDATION_FAILED'],
  ['/v1/payments/..%2f..%2fadmin', '404 NOT_FOUND'],
  ["/v1/reservations/'%20or%201=1%20--", '404 NOT_FOUND'],
  ['/v1/wallet/charges', '405 METHOD_NOT_ALLOWED'],
  ['/v1/nothing', '404 NOT_FOUND'],
];
