import { describeLedgerContract } from '@frontrow/application/contracts/payments/ledger.contract.ts';
import { describeAuditLogContract } from '@frontrow/application/contracts/shared/audit-log.contract.ts';
import { describeCacheContract } from '@frontrow/application/contracts/shared/cache.contract.ts';
import { describeCancellationsContract } from '@frontrow/application/contracts/catalog/cancellations.contract.ts';
import { describeCatalogContract } from '@frontrow/application/contracts/catalog/catalog.contract.ts';
import { describeGateCheckInsContract } from '@frontrow/application/contracts/booking/gate-check-ins.contract.ts';
import { describeIdempotencyContract } from '@frontrow/application/contracts/shared/idempotency.contract.ts';
import { describeInventoryContract } from '@frontrow/application/contracts/waiting-room/inventory.contract.ts';
import { describeJobsContract } from '@frontrow/application/contracts/shared/jobs.contract.ts';
import { describeOutboxContract } from '@frontrow/application/contracts/shared/outbox.contract.ts';
import { describePaymentsContract } from '@frontrow/application/contracts/payments/payments.contract.ts';
import { describeQueueEndsContract } from '@frontrow/application/contracts/waiting-room/queue-ends.contract.ts';
import { describeRefundsContract } from '@frontrow/application/contracts/payments/refunds.contract.ts';
import { describeReservationsContract } from '@frontrow/application/contracts/booking/reservations.contract.ts';
import { describeRoomRecordsContract } from '@frontrow/application/contracts/waiting-room/room-records.contract.ts';
import { describeSeatsContract } from '@frontrow/application/contracts/booking/seats.contract.ts';
import { describeUnitOfWorkContract } from '@frontrow/application/contracts/shared/unit-of-work.contract.ts';
import { describeWaitingRoomContract } from '@frontrow/application/contracts/waiting-room/waiting-room.contract.ts';
import { describeWalletsContract } from '@frontrow/application/contracts/payments/wallets.contract.ts';
import { describeWebhookDeliveriesContract } from '@frontrow/application/contracts/webhooks/webhook-deliveries.contract.ts';
import { describeWebhookEndpointsContract } from '@frontrow/application/contracts/webhooks/webhook-endpoints.contract.ts';
import { createMemoryTestPorts } from './memory-test-ports.ts';

async function open() {
  return { ports: createMemoryTestPorts({ now: () => Date.now() }), close: async () => undefined };
}

describeUnitOfWorkContract('memory', open);
describeAuditLogContract('memory', open);
describeCancellationsContract('memory', open);
describeCatalogContract('memory', open);
describeSeatsContract('memory', open);
describeReservationsContract('memory', open);
describeWalletsContract('memory', open);
describeLedgerContract('memory', open);
describeWebhookDeliveriesContract('memory', open);
describeWebhookEndpointsContract('memory', open);
describePaymentsContract('memory', open);
describeRefundsContract('memory', open);
describeGateCheckInsContract('memory', open);
describeQueueEndsContract('memory', open);
describeIdempotencyContract('memory', open);
describeOutboxContract('memory', open);
describeInventoryContract('memory', open);
describeRoomRecordsContract('memory', open);
describeWaitingRoomContract('memory', open);
describeCacheContract('memory', open);
describeJobsContract('memory', open);
