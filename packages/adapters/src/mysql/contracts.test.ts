import { describeCatalogContract } from '@frontrow/application/ports/catalog.contract.ts';
import { describeIdempotencyContract } from '@frontrow/application/ports/idempotency.contract.ts';
import { describeOutboxContract } from '@frontrow/application/ports/outbox.contract.ts';
import { describePaymentsContract } from '@frontrow/application/ports/payments.contract.ts';
import { describeQueueEndsContract } from '@frontrow/application/ports/queue-ends.contract.ts';
import { describeReservationsContract } from '@frontrow/application/ports/reservations.contract.ts';
import { describeRoomRecordsContract } from '@frontrow/application/ports/room-records.contract.ts';
import { describeSeatsContract } from '@frontrow/application/ports/seats.contract.ts';
import { describeUnitOfWorkContract } from '@frontrow/application/ports/unit-of-work.contract.ts';
import { describeWalletsContract } from '@frontrow/application/ports/wallets.contract.ts';
import { openMysqlWorld } from '../../../../tests/world/mysql-world.ts';
import { SEAT_HOLD_STRATEGIES } from './seats/hold-strategies.ts';

const open = () => openMysqlWorld('conditional-write');

describeCatalogContract('MySQL', open);
describeIdempotencyContract('MySQL', open);
describeOutboxContract('MySQL', open);
describePaymentsContract('MySQL', open);
describeQueueEndsContract('MySQL', open);
describeReservationsContract('MySQL', open);
describeRoomRecordsContract('MySQL', open);
describeUnitOfWorkContract('MySQL', open);
describeWalletsContract('MySQL', open);
for (const strategy of SEAT_HOLD_STRATEGIES)
  describeSeatsContract(`MySQL, ${strategy}`, () => openMysqlWorld(strategy));
