import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  RECOVERED_MS,
  connection,
  followConnection,
  retryNow,
  watchNetwork,
} from '../../../src/shared/connection/connection.ts';

const network = new EventTarget();
watchNetwork(network, true);
const followed: { end(): void }[] = [];

function follow({ retry = () => {}, kept }: { retry?: () => unknown; kept?: () => string } = {}) {
  const reports = followConnection({ retry, ...(kept === undefined ? {} : { kept }) });
  followed.push(reports);
  return reports;
}

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  for (const reports of followed.splice(0)) reports.end();
  network.dispatchEvent(new Event('online'));
  vi.runAllTimers();
  vi.useRealTimers();
});

describe('connection', () => {
  it('names the reason and the earliest retry of the activities in trouble', () => {
    const [place, room] = [follow(), follow()];

    place.failed({ code: 'UNREACHABLE', retryAt: 3_000 });
    room.failed({ code: 'UNREACHABLE', retryAt: 2_000 });

    expect(connection.value).toEqual({ kind: 'away', reason: 'unreachable', retryAt: 2_000 });
  });

  it.each([
    ['UNAVAILABLE', 'unavailable'],
    ['RATE_LIMITED', 'busy'],
  ])('reads %s as %s', (code, reason) => {
    follow().failed({ code, retryAt: null });

    expect(connection.value).toEqual({ kind: 'away', reason, retryAt: null });
  });

  it('recovers with the answer of the last activity in trouble, and says what was kept', () => {
    const [place, room] = [follow({ kept: () => 'Your place was kept.' }), follow()];
    place.failed({ code: 'UNREACHABLE', retryAt: null });
    room.failed({ code: 'UNREACHABLE', retryAt: null });

    room.answered();
    expect(connection.value.kind).toBe('away');
    place.answered();
    expect(connection.value).toEqual({ kind: 'recovered', kept: 'Your place was kept.' });

    vi.advanceTimersByTime(RECOVERED_MS);
    expect(connection.value).toEqual({ kind: 'fine' });
  });

  it('says nothing of a recovery where nothing had failed', () => {
    follow().answered();

    expect(connection.value).toEqual({ kind: 'fine' });
  });

  it('takes the end of an activity as the end of its trouble, and no report after it', () => {
    const reports = follow();
    reports.failed({ code: 'UNAVAILABLE', retryAt: null });
    reports.end();
    reports.failed({ code: 'UNAVAILABLE', retryAt: null });

    expect(connection.value).toEqual({ kind: 'fine' });
  });

  it('is offline while the browser says so, and sends every request again afterwards', () => {
    const retried: string[] = [];
    follow({ retry: () => retried.push('place'), kept: () => 'Your place was kept.' });

    network.dispatchEvent(new Event('offline'));
    expect(connection.value).toEqual({ kind: 'offline' });
    network.dispatchEvent(new Event('online'));

    expect(connection.value).toEqual({ kind: 'recovered', kept: 'Your place was kept.' });
    expect(retried).toEqual(['place']);
  });

  it('retries every activity that goes on', () => {
    const retried: string[] = [];
    follow({ retry: () => retried.push('place') });
    follow({ retry: () => retried.push('room') });
    follow({ retry: () => retried.push('seats') }).end();

    retryNow();

    expect(retried).toEqual(['place', 'room']);
  });
});
