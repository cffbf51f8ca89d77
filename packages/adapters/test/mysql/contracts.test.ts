import { describeLedgerContract } from '@frontrow/application/contracts/payments/ledger.contract.ts';
import { describeAuditLogContract } from '@frontrow/application/contracts/shared/audit-log.contract.ts';
import { describeCatalogContract } from '@frontrow/application/contracts/catalog/catalog.contract.ts';
import { describeGateCheckInsContract } from '@frontrow/application/contracts/booking/gate-check-ins.contract.ts';
import { describeIdempotencyContract } from '@frontrow/application/contracts/shared/idempotency.contract.ts';
import { describeOutboxContract } from '@frontrow/application/contracts/shared/outbox.contract.ts';
import { describePaymentsContract } from '@frontrow/application/contracts/payments/payments.contract.ts';
import { describeQueueEndsContract } from '@frontrow/application/contracts/waiting-room/queue-ends.contract.ts';
import { describeRefundsContract } from '@frontrow/application/contracts/payments/refunds.contract.ts';
import { describeReservationsContract } from '@frontrow/application/contracts/booking/reservations.contract.ts';
import { describeRoomRecordsContract } from '@frontrow/application/contracts/waiting-room/room-records.contract.ts';
import { describeSeatsContract } from '@frontrow/application/contracts/booking/seats.contract.ts';
import { describeUnitOfWorkContract } from '@frontrow/application/contracts/shared/unit-of-work.contract.ts';
import { describeWalletsContract } from '@frontrow/application/contracts/payments/wallets.contract.ts';
import { describeWebhookDeliveriesContract } from '@frontrow/application/contracts/webhooks/webhook-deliveries.contract.ts';
import { describeWebhookEndpointsContract } from '@frontrow/application/contracts/webhooks/webhook-endpoints.contract.ts';
import { openMysqlTestPorts } from '@frontrow/tests/support/mysql-test-ports.ts';
import { SEAT_HOLD_STRATEGIES } from '../../src/mysql/booking/hold-strategies/hold-strategies.ts';

const open = () => openMysqlTestPorts('grouped');

describeAuditLogContract('MySQL', open);
describeCatalogContract('MySQL', open);
describeGateCheckInsContract('MySQL', open);
describeIdempotencyContract('MySQL', open);
describeOutboxContract('MySQL', open);
describePaymentsContract('MySQL', open);
describeRefundsContract('MySQL', open);
describeQueueEndsContract('MySQL', open);
describeReservationsContract('MySQL', open);
describeRoomRecordsContract('MySQL', open);
describeUnitOfWorkContract('MySQL', open);
describeWalletsContract('MySQL', open);
describeLedgerContract('MySQL', open);
describeWebhookDeliveriesContract('MySQL', open);
describeWebhookEndpointsContract('MySQL', open);
for (const strategy of SEAT_HOLD_STRATEGIES)
  describeSeatsContract(`MySQL, ${strategy}`, () => openMysqlTestPorts(strategy));
