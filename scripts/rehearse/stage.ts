import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@frontrow/tests/support/client.ts';
import { type Fan, createFan } from '@frontrow/tests/support/fan.ts';
import { type Operator, createOperator } from '@frontrow/tests/support/operator.ts';
import { createPatientClient } from '@frontrow/tests/support/patient-client.ts';
import { type Installation, openInstallation } from '../k6/installation.ts';

/** The servers of a rehearsal, and those who use them. */
export type Stage = {
  readonly installation: Installation;
  readonly operator: Operator;
  /** A fan whose requests go to the HTTP processes in turn. */
  fan(userId: string): Fan;
  /** Resolves when all of them are admitted. */
  untilActive(fans: readonly Fan[]): Promise<void>;
  close(): Promise<void>;
};

const POLL_MS = 200;

export async function openStage(): Promise<Stage> {
  const installation = await openInstallation({ http: 2, workers: 1, limitsPolls: false });
  const clients = installation.http.map(({ url }) => createPatientClient(createClient(url)));
  let turn = 0;
  const client = () => clients[turn++ % clients.length]!;
  return {
    installation,
    operator: createOperator(createFan('admin', client, 'admin')),
    fan: (userId) => createFan(userId, client),
    async untilActive(fans) {
      for (const fan of fans) while ((await fan.status()).body.status !== 'ACTIVE') await sleep(POLL_MS);
    },
    async close() {
      await Promise.all(clients.map((each) => each.close()));
      await installation.close();
    },
  };
}
