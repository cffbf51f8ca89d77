import { describe, expect, it } from 'vitest';
import type { WebhookEndpoint, WebhookSecrets } from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../src/ports/ports.ts';
import { REFUSED, listAll, usePorts, write, type OpenPorts } from '../shared/contract-support.ts';

const SECRETS: WebhookSecrets = { current: 'whsec_bmV3', previous: null, previousUntil: null };

export function newWebhookEndpoint(
  { ids }: Pick<Ports, 'ids'>,
  facts: Partial<WebhookEndpoint> = {},
): WebhookEndpoint {
  return {
    id: ids.next(),
    url: 'https://example.org/hooks',
    description: 'The box office',
    eventTypes: ['payment.completed'],
    disabledReason: null,
    failingSince: null,
    createdAt: Date.now(),
    ...facts,
  };
}

/** Needs a database of its own, because it counts every endpoint. */
export function describeWebhookEndpointsContract(
  name: string,
  open: OpenPorts<'transact' | 'webhookEndpointReads' | 'ids'>,
): void {
  describe(`WebhookEndpoints (${name})`, () => {
    const ports = usePorts(open);
    const add = async (facts: Partial<WebhookEndpoint> = {}, secrets = SECRETS) => {
      const endpoint = newWebhookEndpoint(ports(), facts);
      await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.add(endpoint, secrets));
      return endpoint;
    };
    const removeAll = async () => {
      for (const { id } of await listAll((page) => ports().webhookEndpointReads.list(page), 2))
        await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.remove(id));
    };
    const enabled = async () => await ports().webhookEndpointReads.listEnabled();

    it('returns an endpoint unchanged, with its secrets for sending alone', async () => {
      await removeAll();
      const secrets = { current: 'whsec_bmV3', previous: 'whsec_b2xk', previousUntil: Date.now() + 5_000 };
      const endpoint = await add({ failingSince: Date.now() - 1_000 }, secrets);
      expect(await ports().webhookEndpointReads.find(endpoint.id)).toEqual(endpoint);
      expect(await enabled()).toEqual([{ endpoint, secrets }]);
      expect(await ports().webhookEndpointReads.find('unknown')).toBeNull();
    });

    it('lists endpoints oldest first, a page at a time, and counts them', async () => {
      await removeAll();
      const added = [await add(), await add(), await add()];
      expect(await listAll((page) => ports().webhookEndpointReads.list(page), 2)).toEqual(added);
      expect(await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.count())).toBe(3);
    });

    it('lists the types that enabled endpoints ask for', async () => {
      await removeAll();
      expect(await ports().webhookEndpointReads.listWantedTypes()).toEqual(new Set());
      await add({ eventTypes: ['payment.completed', 'reservation.held'] });
      await add({ eventTypes: ['payment.completed'] });
      await add({ eventTypes: ['reservation.expired'], disabledReason: 'GONE' });
      expect(await ports().webhookEndpointReads.listWantedTypes()).toEqual(
        new Set(['payment.completed', 'reservation.held']),
      );
      expect(await enabled()).toHaveLength(2);
    });

    it('saves an endpoint and its secrets apart, and removes both', async () => {
      await removeAll();
      const endpoint = await add();
      const changed = { ...endpoint, url: 'https://example.org/new', failingSince: 1_000 };
      await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.save(changed));
      expect(await enabled()).toEqual([{ endpoint: changed, secrets: SECRETS }]);
      const next = { current: 'whsec_bmV4dA', previous: SECRETS.current, previousUntil: 2_000 };
      await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.saveSecrets(endpoint.id, next));
      expect(await enabled()).toEqual([{ endpoint: changed, secrets: next }]);
      const found = await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.findSecrets(endpoint.id));
      expect(found).toEqual(next);
      await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.remove(endpoint.id));
      expect(await enabled()).toEqual([]);
    });

    it('locks an endpoint with the clock of the database, and keeps nothing of a refusal', async () => {
      const endpoint = await add();
      const locked = await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.lock(endpoint.id));
      expect(locked?.endpoint).toEqual(endpoint);
      expect(Math.abs((locked?.asOf ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(await write(ports(), ({ webhookEndpoints }) => webhookEndpoints.lock('unknown'))).toBeNull();
      await ports().transact(async ({ webhookEndpoints }) => {
        await webhookEndpoints.remove(endpoint.id);
        return REFUSED;
      }, 'STAFF');
      expect(await ports().webhookEndpointReads.find(endpoint.id)).toEqual(endpoint);
    });
  });
}
