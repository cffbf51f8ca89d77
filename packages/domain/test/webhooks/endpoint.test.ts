import { describe, expect, it } from 'vitest';
import {
  FAILING_MAX_MS,
  SECRET_OVERLAP_MS,
  type WebhookEndpoint,
  afterAttempt,
  checkWebhookUrl,
  disable,
  enable,
  rotateSecret,
  signingSecrets,
} from '../../src/webhooks/endpoint.ts';

const NOW = Date.parse('2026-12-01T11:00:00.000Z');
const ENDPOINT: WebhookEndpoint = {
  id: 'endpoint',
  url: 'https://example.org/hooks',
  description: '',
  eventTypes: ['payment.completed'],
  disabledReason: null,
  failingSince: null,
  createdAt: NOW,
};
const FAILURE = { isDelivered: false, statusCode: 500 };
const SUCCESS = { isDelivered: true, statusCode: 200 };

describe('the URL of an endpoint', () => {
  it.each([
    ['https://example.org/hooks', 'https://example.org/hooks'],
    ['https://EXAMPLE.org:8443', 'https://example.org:8443/'],
  ])('may be %s', (text, href) => {
    expect(checkWebhookUrl(text, false)).toEqual({ ok: true, value: href });
  });

  it.each([
    ['hooks', 'must be a URL'],
    ['http://example.org/', 'must begin with https://'],
    ['ftp://example.org/', 'must begin with https://'],
    ['javascript:alert(1)', 'must begin with https://'],
    ['https://user:password@example.org/', 'must have no user and no password'],
    ['https://example.org/#part', 'must have no fragment'],
    [`https://example.org/${'ä'.repeat(400)}`, 'must have at most 2000 characters, percent-encoded'],
  ])('may not be %s', (text, detail) => {
    expect(checkWebhookUrl(text, false)).toEqual({
      ok: false,
      refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/url', detail }] },
    });
  });

  it('may begin with http:// where private addresses are allowed, and with nothing else', () => {
    expect(checkWebhookUrl('http://127.0.0.1:8080/', true).ok).toBe(true);
    expect(checkWebhookUrl('file:///etc/passwd', true).ok).toBe(false);
  });
});

describe('an endpoint after an attempt', () => {
  it('remembers its first failure, and forgets it with a success', () => {
    const failing = afterAttempt(ENDPOINT, FAILURE, NOW);
    expect(failing).toEqual({ ...ENDPOINT, failingSince: NOW });
    expect(afterAttempt(failing, FAILURE, NOW + 1_000)).toBe(failing);
    expect(afterAttempt(failing, SUCCESS, NOW + 2_000)).toEqual(ENDPOINT);
    expect(afterAttempt(ENDPOINT, SUCCESS, NOW)).toBe(ENDPOINT);
  });

  it('is disabled after five days of failures', () => {
    const failing = { ...ENDPOINT, failingSince: NOW };
    expect(afterAttempt(failing, FAILURE, NOW + FAILING_MAX_MS - 1).disabledReason).toBeNull();
    expect(afterAttempt(failing, FAILURE, NOW + FAILING_MAX_MS).disabledReason).toBe('FAILING');
  });

  it('is disabled at once by 410 Gone', () => {
    expect(afterAttempt(ENDPOINT, { isDelivered: false, statusCode: 410 }, NOW)).toMatchObject({
      disabledReason: 'GONE',
    });
  });
});

it('keeps the first reason of a disabled endpoint, and starts afresh when it is enabled', () => {
  const gone = disable({ ...ENDPOINT, failingSince: NOW }, 'GONE');
  expect(disable(gone, 'BY_ORGANISER').disabledReason).toBe('GONE');
  expect(enable(gone)).toEqual(ENDPOINT);
  expect(enable(ENDPOINT)).toBe(ENDPOINT);
});

it('signs with the old secret beside the new one for a day', () => {
  const first = { current: 'one', previous: null, previousUntil: null };
  const rotated = rotateSecret(first, 'two', NOW);
  expect(signingSecrets(first, NOW)).toEqual(['one']);
  expect(signingSecrets(rotated, NOW + SECRET_OVERLAP_MS - 1)).toEqual(['two', 'one']);
  expect(signingSecrets(rotated, NOW + SECRET_OVERLAP_MS)).toEqual(['two']);
  expect(signingSecrets(rotateSecret(rotated, 'three', NOW + 1), NOW + 2)).toEqual(['three', 'two']);
});
