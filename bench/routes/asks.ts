import { randomUUID } from 'node:crypto';
import type { Fan } from '../data/on-sale.ts';
import type { Ask } from './hot-route.ts';

export function ask({ headers }: Fan, path: string, body?: object): Ask {
  const { Authorization } = headers;
  return { path, headers: { Authorization }, ...(body === undefined ? {} : { body }) };
}

export function askWithKey(fan: Fan, path: string, body?: object): Ask {
  const { path: to, headers } = ask(fan, path);
  const keyed = { ...headers, 'Idempotency-Key': randomUUID() };
  return { path: to, headers: keyed, ...(body === undefined ? {} : { body }) };
}

export function askWithTicket(fan: Fan, path: string, body?: object): Ask {
  const asked = body === undefined ? ask(fan, path) : askWithKey(fan, path, body);
  return { ...asked, headers: { ...asked.headers, 'Queue-Token': fan.token } };
}
