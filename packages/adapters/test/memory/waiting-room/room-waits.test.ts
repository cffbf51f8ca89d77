import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/waiting-room/admission.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import { addConcertWithDate } from '@frontrow/application/contracts/shared/contract-builders.ts';
import { createManualClock } from '../../../src/memory/store/manual-clock.ts';
import { createMemoryTestPorts } from '../memory-test-ports.ts';
import { createMemoryWaitingRoom } from '../../../src/memory/waiting-room/waiting-room.ts';
import { openPorts } from '../../../src/open-ports.ts';

type Waits = Parameters<OnWait>[0][];

function openRoom(onWait: OnWait) {
  const clock = createManualClock(1_000_000);
  const window = { reservationStartAt: 0, reservationEndAt: 1e9 };
  const admission = { ...ADMISSION_POLICY_DEFAULT, batchSize: 10 };
  const room = createMemoryWaitingRoom({
    clock,
    transact: createMemoryTestPorts(clock).transact,
    roomRecords: {
      find: async () => ({ epoch: 0, watermark: 0, config: { version: 1, admission, windows: [window] } }),
      raiseEpoch: async () => true,
      saveWatermark: async () => undefined,
      listOpened: async () => [],
    },
    onWait,
  });
  async function join(count: number): Promise<Ticket[]> {
    const tickets: Ticket[] = [];
    while (tickets.length < count) {
      const { token } = (await room.join('concert', `user-${tickets.length}`))!;
      tickets.push({ ...token, sessionExpiresAt: null });
    }
    return tickets;
  }
  /** Each second one fan polls and a worker ticks. */
  async function run(tickets: readonly Ticket[], seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      await room.admit('concert');
      const ticket = tickets[(second * 37) % tickets.length];
      if (ticket !== undefined) await room.statusFromSnapshot(ticket);
    }
  }
  return { room, join, run };
}

it('estimates the wait that follows, and reports it after the admission', async () => {
  const waits: Waits = [];
  const { room, join, run } = openRoom((wait) => waits.push(wait));
  const tickets = await join(100);
  await run(tickets, 30);
  const last = await room.statusFromSnapshot(tickets.at(-1)!);
  expect(last?.estimate?.medianMs).toBeGreaterThan(50_000);
  expect(last?.estimate?.medianMs).toBeLessThan(75_000);
  await run(tickets, 90);
  expect(waits.length).toBeGreaterThan(20);
  const errors = waits
    .map(({ medianMs, realisedMs }) => Math.abs(medianMs - realisedMs))
    .toSorted((a, b) => a - b);
  expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(3_000);
});

it('does not report the wait of a place that has left', async () => {
  const waits: Waits = [];
  const { room, join, run } = openRoom((wait) => waits.push(wait));
  const tickets = await join(30);
  const left = tickets.at(-1)!;
  await room.statusFromSnapshot(left);
  await room.end(left, 'LEFT');
  await run([], 60);
  await run(tickets, 1);
  expect(waits).toEqual([]);
});

it('reports waits through the ports of memory mode', async () => {
  const secrets = [{ keyId: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' }];
  const { ports, onWait } = await openPorts(
    { mode: 'memory', queueTokenSecrets: secrets, entryTicketSecrets: secrets },
    pino({ level: 'silent' }),
  );
  const waits: Waits = [];
  onWait((wait) => waits.push(wait));
  const admission = { batchSize: 1, intervalMs: 100 };
  const { concert } = await addConcertWithDate(ports, { admission });
  const tickets: Ticket[] = [];
  for (const userId of ['first', 'second', 'third', 'fourth']) {
    const { token } = (await ports.waitingRoom.join(concert.id, userId))!;
    tickets.push({ ...token, sessionExpiresAt: null });
  }
  while (waits.length === 0) {
    await ports.waitingRoom.admit(concert.id);
    for (const ticket of tickets) await ports.waitingRoom.statusFromSnapshot(ticket);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(waits[0]!.realisedMs).toBeLessThan(10_000);
});
