import { randomUUID } from 'node:crypto';
import type { Fan } from '../data/create-sale.ts';
import type { RouteRequest } from './hot-route.ts';

export function requestOf({ headers }: Fan, path: string, body?: object): RouteRequest {
  const { Authorization } = headers;
  return { path, headers: { Authorization }, ...(body === undefined ? {} : { body }) };
}

export function requestWithKey(fan: Fan, path: string, body?: object): RouteRequest {
  const { path: to, headers } = requestOf(fan, path);
  const keyed = { ...headers, 'Idempotency-Key': randomUUID() };
  return { path: to, headers: keyed, ...(body === undefined ? {} : { body }) };
}

export function requestWithTicket(fan: Fan, path: string, body?: object): RouteRequest {
  const asked = body === undefined ? requestOf(fan, path) : requestWithKey(fan, path, body);
  return { ...asked, headers: { ...asked.headers, 'Queue-Token': fan.token } };
}
