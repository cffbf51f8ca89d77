import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type ReceivedWebhook = {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** How many signatures the request had. */
  readonly signatures: number;
  /** Undefined where the request continues no trace. */
  readonly traceparent: string | undefined;
};

export type WebhookReceiver = {
  readonly url: string;
  /** Every request with a valid signature, in the order of arrival; repeats included. */
  readonly received: readonly ReceivedWebhook[];
  /** The errors of requests whose signature is not valid. */
  readonly refused: readonly unknown[];
  /** Requests are verified by it from then on. */
  verifyBy(secret: string): void;
  /** The status of further answers; 204 at first. */
  answer(status: number): void;
  close(): Promise<void>;
};

/** A receiver of webhooks that verifies each request with the library of Standard Webhooks. */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const refused: unknown[] = [];
  let status = 204;
  let verifier: Webhook | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      try {
        if (verifier === null) throw new Error('no secret is set');
        const verified = verifier.verify(Buffer.concat(chunks).toString(), headers);
        const { type, data } = verified as Pick<ReceivedWebhook, 'type' | 'data'>;
        const signatures = (headers['webhook-signature'] ?? '').split(' ').length;
        const { traceparent } = headers;
        received.push({ id: headers['webhook-id'] ?? '', type, data, signatures, traceparent });
      } catch (error) {
        refused.push(error);
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    refused,
    verifyBy: (secret) => void (verifier = new Webhook(secret)),
    answer: (next) => void (status = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
