import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import type { Payment } from '../support/response-bodies.ts';
import { freePort } from '../support/services/free-port.ts';
import { type Installation, startInstallation } from '../support/start-installation.ts';
import { type TraceCollector, openTraceCollector } from '../support/trace-collector.ts';
import { type WebhookReceiver, openWebhookReceiver } from '../support/webhook-receiver.ts';

const FANS = 6;
let collector: TraceCollector;
let receiver: WebhookReceiver;
let installation: Installation;

beforeAll(async () => {
  [collector, receiver] = await Promise.all([openTraceCollector(), openWebhookReceiver()]);
  installation = await startInstallation({
    http: 1,
    workers: 1,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      LOG_LEVEL: 'debug',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SECRET_KEYS: 'test:a-key-of-the-tests-with-32-characters',
    },
  });
});

afterAll(async () => {
  await installation?.close();
  await Promise.all([collector.close(), receiver.close()]);
});

it("follows each fan's payment through MySQL, Redis, outbox and job to the webhook, also where they share a transaction", async () => {
  const endpoint = { url: receiver.url, eventTypes: ['payment.completed'] };
  const created = await installation.admin.send<{ secret: string }>('POST', '/v1/admin/webhook-endpoints', {
    body: endpoint,
  });
  receiver.verifyBy(expectOk(created).secret);
  const sale = await installation.openSale({ seatCount: FANS, price: 100 });
  const fans = await admitFans(installation, sale, FANS);
  const holds = await Promise.all(
    fans.map(async (fan, index) => {
      expectOk(await fan.charge(100));
      return expectOk(await fan.hold(sale.eventId, [index + 1]));
    }),
  );
  const callers = new Map(holds.map(({ id }) => [id, randomBytes(16).toString('hex')]));
  await Promise.all(fans.map((fan, index) => pay(fan, holds[index]!.id, callers)));
  await eventually(() => expect(receiver.received).toHaveLength(FANS));

  for (const { data, traceparent = '' } of receiver.received) {
    const [, traceId = '', parentId = ''] = traceparent.split('-');
    await eventually(() => {
      const names = collector.trace(traceId).map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining([
          'POST /v1/payments',
          'relay-outbox QUEUE_END',
          'deliver-webhooks payment.completed',
        ]),
      );
    });
    const spans = collector.trace(traceId);
    const [root] = spans.filter(({ parentSpanId }) => !parentSpanId);
    expect(root).toMatchObject({ name: 'POST /v1/payments', service: 'frontrow-http' });
    // The caller's trace is only linked: it is that of the fan who paid for this reservation.
    expect(root?.links?.map((link) => link.traceId)).toEqual([callers.get(String(data['reservationId']))]);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId))).toEqual([]);
    const webhook = spans.find(({ spanId }) => spanId === parentId);
    expect(webhook).toMatchObject({ name: 'deliver-webhooks payment.completed', service: 'frontrow-worker' });
    expect(installation.http[0]?.output()).toContain(`"traceId":"${traceId}"`);
  }
  // What fans share is in the trace of the first: the statements of a group, and a script that ends several places.
  const ofPayments = receiver.received.flatMap(({ traceparent = '' }) =>
    collector.trace(traceparent.slice(3, 35)),
  );
  const scripts = ofPayments.filter(({ name }) => /^EVAL(SHA)?$/.test(name)).map(({ service }) => service);
  expect(new Set(scripts)).toEqual(new Set(['frontrow-http', 'frontrow-worker']));
  const payments = collector.spans.filter(({ name }) => name.includes('insert payment'));
  expect(payments.length).toBeGreaterThan(0);
  const traced = new Set(receiver.received.map(({ traceparent }) => traceparent?.split('-')[1]));
  expect(traced.size).toBe(FANS);
  for (const { traceId } of payments) expect(traced).toContain(traceId);
});

it('sends no ids of users, tokens, keys and values', async () => {
  const sale = await installation.openSale({ price: 4_711_000 });
  const [fan] = (await admitFans(installation, sale, 1)) as [Fan];
  expectOk(await fan.charge(4_711_000, 'key-of-the-charge'));
  const { id } = expectOk(await fan.hold(sale.eventId, [1], 'key-of-the-hold'));
  expectOk(await fan.pay(id, 'key-of-the-payment'));
  const paid = () => collector.spans.filter(({ name }) => name === 'POST /v1/payments').length;
  await eventually(() => expect(paid()).toBe(FANS + 1));
  expectOk(await installation.admin.send('GET', `/v1/admin/users/${fan.userId}/wallet`));
  const route = 'GET /v1/admin/users/:userId/wallet';
  await eventually(() => expect(collector.spans.map(({ name }) => name)).toContain(route));
  const sent = JSON.stringify(collector.spans);
  for (const secret of [fan.userId, fan.ticket(), id, sale.eventId, '4711000', 'key-of-the', 'Bearer'])
    expect(sent).not.toContain(secret);
});

it('serves as before while the collector is away, and says so in one line', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    OTEL_BSP_SCHEDULE_DELAY: '10',
    // The exporter repeats within this time.
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
  };
  const process = await installation.startHttp(env);
  const get = async () => expect((await fetch(`${process.url}/v1/concerts`)).status).toBe(200);
  await eventually(async () => {
    await get();
    expect(process.output()).toContain('traces are lost');
  });
  for (let turn = 0; turn < 20; turn += 1) await get();
  expect(await process.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(process.output().match(/traces are lost/g)).toHaveLength(1);
  expect(process.output()).not.toMatch(/"level":(50|60)/);
});

it('loads nothing of OpenTelemetry in a process that is not traced', async () => {
  const config = { serviceName: undefined, ratio: 1, delayMs: 1 };
  expect(await loadedBy(null)).toEqual([]);
  expect((await loadedBy(config)).length).toBeGreaterThan(3);
});

/** A payment by a caller with a trace of its own. */
async function pay(fan: Fan, reservationId: string, callers: ReadonlyMap<string, string>): Promise<void> {
  const headers = { traceparent: `00-${callers.get(reservationId)}-b7ad6b7169203331-01` };
  const options = { key: 'pay', headers, body: { reservationId } };
  expectOk(await fan.send<Payment>('POST', '/v1/payments', options));
}

/** The modules of OpenTelemetry that HTTP imports by itself with this configuration; its API has no part that works. */
async function loadedBy(config: object | null): Promise<readonly string[]> {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (/@opentelemetry[/](?!api[/])/.test(found.url)) loaded.push(found.url);
        return found;
      },
    });
    await import('./apps/http/src/serve.ts');
    await import('./apps/worker/src/config.ts');
    const { startTracing } = await import('./packages/adapters/src/process/tracing/start-tracing.ts');
    await startTracing(${JSON.stringify(config)}, 'test');
    console.log(JSON.stringify(loaded));
    process.exit();`;
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd,
  });
  return JSON.parse(stdout) as string[];
}
