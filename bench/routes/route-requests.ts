import { randomUUID } from 'node:crypto';
import type { Fan } from '../data/benchmark-sale.ts';
import type { RouteRequest } from './hot-route.ts';

/** A request with the fan's access token. */
export function requestOf({ headers }: Fan, path: string, body?: object): RouteRequest {
  const { Authorization } = headers;
  return { path, headers: { Authorization }, ...(body === undefined ? {} : { body }) };
}

/** A request with the fan's access token and a new idempotency key. */
export function requestWithKey(fan: Fan, path: string, body?: object): RouteRequest {
  const { path: to, headers } = requestOf(fan, path);
  const withKey = { ...headers, 'Idempotency-Key': randomUUID() };
  return { path: to, headers: withKey, ...(body === undefined ? {} : { body }) };
}

/** A request with the fan's access token and ticket, and with a new idempotency key if it has a body. */
export function requestWithTicket(fan: Fan, path: string, body?: object): RouteRequest {
  const request = body === undefined ? requestOf(fan, path) : requestWithKey(fan, path, body);
  return { ...request, headers: { ...request.headers, 'Queue-Token': fan.token } };
}
