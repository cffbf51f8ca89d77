import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createManualClock } from '@frontrow/adapters/memory/store/manual-clock.ts';
import { createMemoryPorts } from '@frontrow/adapters/memory/memory-ports.ts';
import { openPorts } from '@frontrow/adapters/open-ports.ts';
import { createUlidGenerator } from '@frontrow/adapters/system/id-generator.ts';
import { createSystemRandom } from '@frontrow/adapters/system/random.ts';
import { createSaleCodeTexts } from '@frontrow/adapters/system/sale-code-texts.ts';
import { createTicketCodes } from '@frontrow/adapters/system/ticket-codes.ts';
import { createTokenSigner } from '@frontrow/adapters/system/token-signer.ts';
import { createWebhookSecretGenerator } from '@frontrow/adapters/system/webhook-secrets.ts';
import { createWebhookSender } from '@frontrow/adapters/webhooks/webhook-sender.ts';
import { type Application, createApplication } from '@frontrow/application/application.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import { pino } from 'pino';
import { inject } from 'vitest';
import { type TestDatabase, createTestDatabase } from './mysql-database.ts';

/** The use cases, their ports, and control of time. */
export type TestEnvironment = {
  readonly app: Application;
  readonly ports: Ports;
  /** Resolves when `ms` have passed by the clock of every port. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
};

export type OpenEnvironment = () => Promise<TestEnvironment>;

declare module 'vitest' {
  interface ProvidedContext {
    /** Set where no server runs, as in `pnpm coverage`. */
    memoryOnly: boolean | undefined;
  }
}

const SECRETS = [{ keyId: 'test', secret: 'a secret that only the tests know' }];

const MEMORY = { name: 'memory', open: openMemoryEnvironment };
const MYSQL_AND_REDIS = { name: 'MySQL and Redis', open: () => openRealEnvironment() };

/** The environments in which the tests of the use cases run, each with `describe.each`. */
export const environments: readonly { readonly name: string; readonly open: OpenEnvironment }[] =
  inject('memoryOnly') === true ? [MEMORY] : [MEMORY, MYSQL_AND_REDIS];

/** An environment in memory, whose time passes only by `advance`. */
export async function openMemoryEnvironment(): Promise<TestEnvironment> {
  const clock = createManualClock(Date.now());
  const ports = createMemoryPorts({
    clock,
    ids: createUlidGenerator(),
    random: createSystemRandom(),
    tokenSigner: createTokenSigner(SECRETS),
    webhookSender: createWebhookSender({ allowsPrivate: true }),
    newWebhookSecret: createWebhookSecretGenerator(),
    ticketCodes: createTicketCodes(SECRETS),
    saleCodeTexts: createSaleCodeTexts(SECRETS),
    onJobError: (error) => {
      throw error;
    },
  });
  return {
    app: createApplication(ports),
    ports,
    advance: async (ms) => clock.advance(ms),
    close: async () => undefined,
  };
}

/** An environment on MySQL and Redis with its own database, dropped at its end, and its own key prefix, in real time. */
export async function openRealEnvironment(
  given?: TestDatabase,
  redisKeyPrefix = `test-${randomUUID()}`,
): Promise<TestEnvironment> {
  const database = given ?? (await createTestDatabase());
  const config = {
    mode: 'real',
    mysqlUrl: database.url,
    mysqlPoolSize: 10,
    redisUrl: inject('redisUrl'),
    redisKeyPrefix,
    seatHoldStrategy: 'grouped',
    queueTokenSecrets: SECRETS,
    webhooksAllowPrivate: true,
    webhookSecretKeys: [{ keyId: 'test', secret: 'a key that only the tests know' }],
    entryTicketSecrets: SECRETS,
  } as const;
  const { ports, close } = await openPorts(config, pino({ level: 'silent' }));
  return {
    app: createApplication(ports),
    ports,
    advance: (ms) => delay(ms),
    async close() {
      await close();
      await database.drop();
    },
  };
}
