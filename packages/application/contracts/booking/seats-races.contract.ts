import { describe, expect, it } from 'vitest';
import { type SeatPorts, driveSeats } from './contract-seats.ts';
import { addConcertWithDate } from '../shared/contract-builders.ts';

/** Concurrent requests for the same seats. */
export function describeSeatRaces(ports: () => SeatPorts): void {
  describe('races', () => {
    const { list, claim, hold } = driveSeats(ports);

    it('gives a seat to exactly one of many', async () => {
      const { event } = await addConcertWithDate(ports());
      const rivals = Array.from({ length: 20 }, () => claim(event.id, 3, 4));
      const outcomes = await Promise.all(rivals.map((rival) => hold(rival)));
      const winner = rivals
        .filter((_, index) => outcomes[index]?.ok)
        .map(({ reservationId }) => reservationId);
      expect(winner).toHaveLength(1);
      expect((await list(event.id)).slice(2, 4)).toMatchObject([
        { status: 'HELD', reservationId: winner[0] },
        { status: 'HELD', reservationId: winner[0] },
      ]);
      const refusal = { code: 'SEAT_UNAVAILABLE', unavailableSeats: [3, 4] };
      expect(outcomes.filter(({ ok }) => !ok)).toEqual(
        Array.from({ length: 19 }, () => ({ ok: false, refusal })),
      );
    });

    it('never lets overlapping requests share a seat, and never refuses all of them', async () => {
      const { event } = await addConcertWithDate(ports(), { event: { seatCount: 6 } });
      const choices = [
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 6],
        [1, 6],
        [1, 2, 3],
        [4, 5, 6],
      ];
      const rivals = [...choices, ...choices].map((numbers) => claim(event.id, ...numbers));
      const outcomes = await Promise.all(rivals.map((rival) => hold(rival)));
      const winners = rivals.filter((_, index) => outcomes[index]?.ok);
      const taken = winners.flatMap(({ seatNumbers }) => seatNumbers);
      expect(winners.length).toBeGreaterThan(0);
      expect(new Set(taken).size).toBe(taken.length);
      const owners = (await list(event.id)).flatMap((seat) =>
        seat.status === 'HELD' ? [seat.reservationId] : [],
      );
      expect(owners.toSorted()).toEqual(
        winners.flatMap(({ reservationId, seatNumbers }) => seatNumbers.map(() => reservationId)).toSorted(),
      );
    });
  });
}
