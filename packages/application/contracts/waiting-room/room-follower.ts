import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type QueueToken, type Ticket, epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { expect } from 'vitest';
import { write } from '../shared/contract-support.ts';
import { type RoomPorts, changePolicy, ticketOf } from './contract-room.ts';
import type { RoomModel } from './room-model.ts';
import type { CountStart } from '../../src/ports/waiting-room/waiting-room.ts';
import type { EndOfTicket, RoomStep, RoomStepOf } from './room-steps.ts';

/** A waiting room whose clock only the test moves. */
export type TimedRoomPorts = {
  readonly ports: RoomPorts;
  readonly setTime: (concertId: ConcertId, now: Instant) => Promise<void>;
  /** Null for an adapter that cannot lose a room without its database. */
  readonly lose: ((concertId: ConcertId) => Promise<void>) | null;
  close(): Promise<void>;
};

/** How many of the latest tickets are looked up in the database after each step. */
const TICKETS_COMPARED = 80;

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

  /** The fan of a place that is over by time joins again after the others: the end has to be in the database first. */
  async function join(users: readonly UserId[]): Promise<void> {
    const fans = users.map((userId, index) => ({ userId, index, isOver: model.isOver(userId) }));
    const joined = await Promise.all(users.map((userId) => waitingRoom.join(concertId, userId)));
    for (const { userId, index } of fans.toSorted((a, b) => Number(a.isOver) - Number(b.isOver))) {
      const found = joined[index] ?? null;
      const expected = model.join(userId);
      invariant(found !== null, 'the concert is known');
      const { issuedAt } = found.token;
      expect(found).toMatchObject({ created: expected.created, token: { ...expected.token, issuedAt } });
      expect(issuedAt).toBeLessThanOrEqual(model.now());
      receive(found.token);
    }
  }

  async function checkIn(presented: readonly Ticket[]): Promise<void> {
    const checked = distinctUsers(presented);
    const found = await Promise.all(checked.map((ticket) => waitingRoom.checkIn(ticket)));
    const expected = checked.map((ticket) => model.checkIn(ticket));
    // A restore takes several calls, and moves the places behind it meanwhile.
    const isShifted =
      checked.length > 1 && checked.some((ticket) => epochOf(ticket.sequence) < model.epoch());
    const compared = isShifted ? withoutPosition : (token: QueueToken) => token;
    for (const [index, { token }] of found.entries()) {
      expect(compared(token)).toEqual(compared(expected[index]!));
      receive(token);
    }
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

  async function end(ends: readonly EndOfTicket[]): Promise<void> {
    const places = ends.flatMap(({ nth, reason, soldSeats }) => {
      const ticket = tickets[nth];
      return ticket ? [{ ticket, reason, soldSeats: reason === 'COMPLETED' ? soldSeats : 0 }] : [];
    });
    for (const { ticket, reason } of places)
      await write(ports, ({ queueEnds }) => queueEnds.add({ ...ticket, reason }));
    await Promise.all(
      places.map(({ ticket, reason, soldSeats }) => waitingRoom.end(ticket, reason, soldSeats)),
    );
    for (const { ticket, reason, soldSeats } of places) model.end(ticket, reason, soldSeats);
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
      seatsReturned: sellable,
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
        return join(step.users.map((user) => `user-${user}`));
      case 'CHECK_IN':
        return checkIn(step.nths.flatMap((nth) => tickets[nth] ?? []));
      case 'READ':
        return ticket && read(ticket);
      case 'END':
        return end(step.ends);
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
    for (const ticket of tickets.slice(0, TICKETS_COMPARED))
      expect(await ports.queueEndReads.find(ticket)).toBe(model.storedEndOf(ticket));
  };
}

/** The first ticket of each user. */
function distinctUsers(tickets: readonly Ticket[]): readonly Ticket[] {
  return [...new Map(tickets.toReversed().map((ticket) => [ticket.userId, ticket])).values()];
}

function withoutPosition(token: QueueToken): QueueToken {
  return token.status === 'WAITING' ? { ...token, position: null } : token;
}
