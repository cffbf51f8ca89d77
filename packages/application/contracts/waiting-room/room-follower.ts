import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { expect } from 'vitest';
import { write } from '../shared/contract-support.ts';
import { type RoomPorts, changePolicy, ticketOf } from './contract-room.ts';
import type { RoomModel } from './room-model.ts';
import type { CountStart } from '../../src/ports/waiting-room/waiting-room.ts';
import type { RoomStep, RoomStepOf } from './room-steps.ts';

/** A waiting room whose clock only the test moves. */
export type TimedRoomPorts = {
  readonly ports: RoomPorts;
  readonly setTime: (concertId: ConcertId, now: Instant) => Promise<void>;
  /** Null for an adapter that cannot lose a room without its database. */
  readonly lose: ((concertId: ConcertId) => Promise<void>) | null;
  close(): Promise<void>;
};

/** Takes each step in the room and in the model, and compares what they answer. */
export function createRoomFollower(timed: TimedRoomPorts, concertId: ConcertId, model: RoomModel) {
  const { ports } = timed;
  const { waitingRoom, roomRecords } = ports;
  const setTime = () => timed.setTime(concertId, model.now());
  /** Every ticket that was issued, the latest first. A fan may present an old one. */
  const tickets: Ticket[] = [];
  /** Every count that has begun, the latest first. */
  const counts: CountStart[] = [];

  function receive(token: QueueToken): void {
    if (token.status === 'WAITING' || token.status === 'ACTIVE') tickets.unshift(ticketOf(token));
  }

  async function join(user: number): Promise<void> {
    const joined = await waitingRoom.join(concertId, `user-${user}`);
    const expected = model.join(`user-${user}`);
    invariant(joined !== null, 'the concert is known');
    const { issuedAt } = joined.token;
    expect(joined).toMatchObject({ created: expected.created, token: { ...expected.token, issuedAt } });
    expect(issuedAt).toBeLessThanOrEqual(model.now());
    receive(joined.token);
  }

  async function checkIn(ticket: Ticket): Promise<void> {
    const { token } = await waitingRoom.checkIn(ticket);
    expect(token).toEqual(model.checkIn(ticket));
    receive(token);
  }

  async function read(ticket: Ticket): Promise<void> {
    const { userId, sessionExpiresAt } = ticket;
    const isSessionOver = sessionExpiresAt !== null && sessionExpiresAt <= model.now();
    for (const way of ['statusFromSnapshot', 'freshStatus'] as const) {
      const token = (await waitingRoom[way](ticket))?.token;
      // An adapter may read the end of a session from the ticket alone.
      if (token === undefined || (isSessionOver && token.status === 'EXPIRED')) continue;
      const expected = model.read(ticket);
      const isHidden = token.status === 'WAITING' && token.position === null && model.isRestoring();
      expect(token).toEqual(isHidden ? { ...expected, position: null } : expected);
    }
    expect((await waitingRoom.placeOf(concertId, userId))?.sequence ?? null).toBe(model.placeOf(userId));
  }

  async function end(ticket: Ticket, step: RoomStepOf<'END'>): Promise<void> {
    const { reason } = step;
    const soldSeats = reason === 'COMPLETED' ? step.soldSeats : 0;
    await write(ports, ({ queueEnds }) => queueEnds.add({ ...ticket, reason }));
    await waitingRoom.end(ticket, reason, soldSeats);
    model.end(ticket, reason, soldSeats);
  }

  async function beginCount(): Promise<void> {
    const start = await waitingRoom.beginCount(concertId);
    expect(start).toEqual(model.beginCount());
    invariant(start !== null, 'the concert is known');
    counts.unshift(start);
  }

  async function count({ nthCount, sellable, dates }: RoomStepOf<'COUNT'>): Promise<void> {
    const start = counts[nthCount];
    if (start === undefined) return;
    const inventory = {
      sellable,
      dates: dates.map(({ unsold, endsInMs }) => ({ unsold, reservationEndAt: model.now() + endsInMs })),
      holders: tickets.slice(0, 3),
    };
    await waitingRoom.setInventory(concertId, start, inventory);
    model.setInventory(start, inventory);
  }

  async function loseRedis(isSaved: boolean): Promise<void> {
    if (isSaved) {
      await roomRecords.saveWatermark(concertId, await waitingRoom.watermark(concertId));
      model.saveWatermark();
    }
    await timed.lose?.(concertId);
    model.lose();
  }

  async function take(step: RoomStep): Promise<void> {
    const ticket = 'nth' in step ? tickets[step.nth] : undefined;
    switch (step.kind) {
      case 'JOIN':
        return join(step.user);
      case 'CHECK_IN':
        return ticket && checkIn(ticket);
      case 'READ':
        return ticket && read(ticket);
      case 'END':
        return ticket && end(ticket, step);
      case 'ADMIT':
        return expect(await waitingRoom.admit(concertId)).toEqual(model.admit());
      case 'EXPIRE':
        return expect(await waitingRoom.expire(concertId, 100)).toEqual(model.expire());
      case 'WAIT':
        model.wait(step.ms);
        return setTime();
      case 'WAIT_FOR_DEADLINE':
        model.waitForDeadline(step.offsetMs);
        return setTime();
      case 'BEGIN_COUNT':
        return beginCount();
      case 'COUNT':
        return count(step);
      case 'CHANGE':
        return model.configure(await changePolicy(ports, concertId, step.policy));
      case 'LOSE_REDIS':
        return loseRedis(step.isSaved);
      default:
        return step satisfies never;
    }
  }

  return async (step: RoomStep) => {
    await take(step);
    // A read would open the room again before the next step.
    if (step.kind === 'LOSE_REDIS') return;
    expect(await waitingRoom.watermark(concertId)).toBe(model.watermark());
    const { hasClaims, ...expected } = model.statistics();
    const statistics = await waitingRoom.statistics(concertId);
    expect(statistics).toMatchObject(expected);
    expect(statistics.waits !== null).toBe(hasClaims);
    for (const ticket of tickets)
      expect(await ports.queueEndReads.find(ticket)).toBe(model.storedEndOf(ticket));
  };
}
