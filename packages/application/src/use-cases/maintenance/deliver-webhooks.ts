import { ok } from '@frontrow/domain/shared/result.ts';
import { type WebhookEndpoint, afterAttempt, signingSecrets } from '@frontrow/domain/webhooks/endpoint.ts';
import { retryDelayMs } from '@frontrow/domain/webhooks/retry-schedule.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ClaimedDelivery, RecordedAttempt } from '../../ports/webhooks/webhook-deliveries.ts';
import type { EndpointWithSecrets } from '../../ports/webhooks/webhook-endpoints.ts';

export type WebhookOutcomes = {
  readonly delivered: number;
  readonly failed: number;
  /** How many endpoints were disabled after their failures. */
  readonly disabled: number;
};
/**
 * Delivers due messages at least once, until none is due, some time has passed or `stopping` is aborted. Calls `onOutcomes` after each group of
 * attempts is recorded.
 */
export type DeliverWebhooks = (
  stopping: AbortSignal,
  onOutcomes?: (outcomes: WebhookOutcomes) => void,
) => Promise<void>;

/** How many requests one process has open to one endpoint. */
const REQUESTS_PER_ENDPOINT_MAX = 16;
/** Longer than an attempt can take. A delivery whose process was killed is due again after it. */
const LEASE_MS = 60_000;
/** A run starts no request after this time, so that its end shows that the job is alive. */
const RUN_MAX_MS = 20_000;
/** How long an attempt can take. A failing endpoint gets no request so late that its answer could prolong the run. */
export const ATTEMPT_MAX_MS = 15_000;
/** How often a run looks for due messages while it waits for answers. */
const POLL_MS = 250;
/** How long the first answer waits for others, which are recorded in the same transaction. */
const GATHER_MS = 5;

type DeliverPorts = Pick<Ports, 'transact' | 'webhookEndpointReads' | 'webhookSender' | 'random' | 'traces'>;
type Attempt = Omit<RecordedAttempt, 'retryInMs'> & {
  readonly endpoint: WebhookEndpoint;
  readonly retryAfterMs: number | null;
};

export function createDeliverWebhooks(ports: DeliverPorts, runMaxMs = RUN_MAX_MS): DeliverWebhooks {
  return async (stopping, onOutcomes = () => undefined) => {
    const run = createRun(ports, stopping);
    const endsAt = performance.now() + runMaxMs;
    try {
      do {
        const attempts = run.takeEnded();
        if (attempts.length > 0) onOutcomes(await recordAttempts(ports, attempts));
        const leftMs = endsAt - performance.now();
        if (!stopping.aborted && leftMs > 0) await run.startDue(leftMs > ATTEMPT_MAX_MS);
        await run.nextEnd();
      } while (run.isBusy());
    } catch (error) {
      // The leases of what is still open end by themselves.
      await run.allEnds();
      throw error;
    }
  };
}

/** The open requests of one run. */
function createRun(
  { transact, webhookEndpointReads, webhookSender, traces }: DeliverPorts,
  stopping: AbortSignal,
) {
  const open = new Set<Promise<void>>();
  const openOf = new Map<WebhookEndpointId, number>();
  let ended: Attempt[] = [];

  async function send({ endpoint, secrets }: EndpointWithSecrets, delivery: ClaimedDelivery): Promise<void> {
    const { message, claimedAt: sentAt } = delivery;
    const request = { url: endpoint.url, secrets: signingSecrets(secrets, sentAt), message, sentAt };
    const { retryAfterMs, ...outcome } = await traces.continue(
      delivery.traceparent,
      `deliver-webhooks ${message.type}`,
      () => webhookSender.send({ ...request, traceparent: traces.current() }, stopping),
    );
    ended.push({ delivery, outcome, endpoint, retryAfterMs });
  }

  function start(to: EndpointWithSecrets, delivery: ClaimedDelivery): void {
    const { id } = to.endpoint;
    openOf.set(id, (openOf.get(id) ?? 0) + 1);
    const sending = send(to, delivery).finally(() => {
      open.delete(sending);
      openOf.set(id, (openOf.get(id) ?? 1) - 1);
    });
    open.add(sending);
  }

  return {
    async startDue(includesFailing: boolean): Promise<void> {
      for (const to of await webhookEndpointReads.listEnabled()) {
        const { id, failingSince } = to.endpoint;
        if (failingSince !== null && !includesFailing) continue;
        // One request shows whether a failing endpoint is back.
        const openMax = failingSince === null ? REQUESTS_PER_ENDPOINT_MAX : 1;
        const limit = openMax - (openOf.get(id) ?? 0);
        if (limit <= 0) continue;
        const claimed = await transact(
          async ({ webhookDeliveries }) => ok(await webhookDeliveries.claim(id, limit, LEASE_MS)),
          'STAFF',
        );
        for (const delivery of claimed.value) start(to, delivery);
      }
    },
    /** Resolves when one of the open requests has ended, or soon. */
    async nextEnd(): Promise<void> {
      if (open.size === 0) return;
      const soon = Promise.withResolvers<void>();
      const timer = setTimeout(soon.resolve, POLL_MS);
      await Promise.race([...open, soon.promise]);
      clearTimeout(timer);
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    },
    async allEnds(): Promise<void> {
      await Promise.allSettled(open);
    },
    takeEnded(): readonly Attempt[] {
      const taken = ended;
      ended = [];
      return taken;
    },
    isBusy: () => open.size > 0 || ended.length > 0,
  };
}

/** Records the attempts and what they tell about their endpoints in one transaction. */
async function recordAttempts(
  { transact, random }: DeliverPorts,
  attempts: readonly Attempt[],
): Promise<WebhookOutcomes> {
  const { value } = await transact(async ({ webhookDeliveries, webhookEndpoints }) => {
    let disabled = 0;
    await webhookDeliveries.record(
      attempts.map(({ delivery, outcome, retryAfterMs }) => ({
        delivery,
        outcome,
        retryInMs: outcome.error === null ? null : retryDelayMs(delivery.scheduled, retryAfterMs, random()),
      })),
    );
    for (const of of attemptsThatMatter(attempts)) {
      const locked = await webhookEndpoints.lock(of.endpoint.id);
      if (locked === null) continue;
      const { isDelivered, statusCode } = resultOf(of);
      const after = afterAttempt(locked.endpoint, { isDelivered, statusCode }, locked.asOf);
      if (after === locked.endpoint) continue;
      await webhookEndpoints.save(after);
      if (after.disabledReason !== null) disabled += 1;
    }
    const failed = attempts.filter(({ outcome }) => outcome.error !== null).length;
    return ok({ delivered: attempts.length - failed, failed, disabled });
  }, 'STAFF');
  return value;
}

/** The attempts of each endpoint that may change it: the last failure of a healthy one, every result of a failing one. */
function attemptsThatMatter(attempts: readonly Attempt[]): readonly Attempt[] {
  const byEndpoint = new Map<WebhookEndpointId, Attempt>();
  for (const attempt of attempts) {
    const { isDelivered } = resultOf(attempt);
    if (!isDelivered || attempt.endpoint.failingSince !== null) byEndpoint.set(attempt.endpoint.id, attempt);
  }
  // In one order, so that two workers do not wait for each other.
  return [...byEndpoint.values()].toSorted((a, b) => (a.endpoint.id < b.endpoint.id ? -1 : 1));
}

function resultOf({ outcome }: Attempt) {
  return { isDelivered: outcome.error === null, statusCode: outcome.statusCode };
}
