import { describeCacheContract } from '@frontrow/application/ports/cache.contract.ts';
import { describeCatalogContract } from '@frontrow/application/ports/catalog.contract.ts';
import { describeIdempotencyContract } from '@frontrow/application/ports/idempotency.contract.ts';
import { describeInventoryContract } from '@frontrow/application/ports/inventory.contract.ts';
import { describeJobsContract } from '@frontrow/application/ports/jobs.contract.ts';
import { describeOutboxContract } from '@frontrow/application/ports/outbox.contract.ts';
import { describePaymentsContract } from '@frontrow/application/ports/payments.contract.ts';
import { describeQueueEndsContract } from '@frontrow/application/ports/queue-ends.contract.ts';
import { describeReservationsContract } from '@frontrow/application/ports/reservations.contract.ts';
import { describeRoomRecordsContract } from '@frontrow/application/ports/room-records.contract.ts';
import { describeSeatLockContract } from '@frontrow/application/ports/seat-lock.contract.ts';
import { describeSeatsContract } from '@frontrow/application/ports/seats.contract.ts';
import { describeUnitOfWorkContract } from '@frontrow/application/ports/unit-of-work.contract.ts';
import { describeWaitingRoomContract } from '@frontrow/application/ports/waiting-room.contract.ts';
import { describeWalletsContract } from '@frontrow/application/ports/wallets.contract.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createMemoryPorts } from './ports.ts';

async function open() {
  let count = 0;
  const ports = createMemoryPorts({
    clock: { now: () => Date.now() },
    ids: { next: () => String((count += 1)).padStart(26, '0') },
    random: () => Math.random(),
    tokenSigner: { sign: (ticket) => JSON.stringify(ticket), verify: (token) => JSON.parse(token) as Ticket },
    onJobError: () => undefined,
  });
  return { ports, close: async () => undefined };
}

describeUnitOfWorkContract('memory', open);
describeCatalogContract('memory', open);
describeSeatsContract('memory', open);
describeReservationsContract('memory', open);
describeWalletsContract('memory', open);
describePaymentsContract('memory', open);
describeQueueEndsContract('memory', open);
describeIdempotencyContract('memory', open);
describeOutboxContract('memory', open);
describeInventoryContract('memory', open);
describeRoomRecordsContract('memory', open);
describeWaitingRoomContract('memory', open);
describeSeatLockContract('memory', open);
describeCacheContract('memory', open);
describeJobsContract('memory', open);
