import { wireRequest } from '../harness/http-socket.ts';
import type { Workload } from '../harness/compare-workloads.ts';
import { accessTokenOf, newUserIds, ticketOf } from '../data/fan-credentials.ts';
import type { FullRoom } from './full-room.ts';

const POLLS_PER_SLICE = 20_000;
const JOINS_PER_SLICE = 5_000;

/** Polls with up to 100,000 different tickets, and the same requests to the baselines. */
export function pollWorkloads({
  concertId,
  waiters,
}: FullRoom): Record<'bare' | 'guarded' | 'poll', Workload> {
  const tickets = waiters
    .slice(0, 100_000)
    .map(({ userId, sequence, issuedAt }) => ticketOf(concertId, userId, sequence, issuedAt));
  const workload = (name: string, path: string, server: Workload['server'] = 'frontrow'): Workload => {
    const requests = tickets.map((ticket) => wireRequest(`GET ${path}`, { 'Queue-Token': ticket }));
    return { name, server, status: 200, requestsOf: (round) => sliceOf(requests, round, POLLS_PER_SLICE) };
  };
  return {
    bare: workload('bare', '/poll', 'bare'),
    guarded: workload('guarded', '/v1/bench/guarded/v1/queue-tokens/current'),
    poll: workload('poll', '/v1/queue-tokens/current'),
  };
}

/** Joins of new users in every round, the same joins repeated, and the same requests to the baselines. */
export function joinWorkloads(
  concertId: string,
  rounds: number,
): Record<'bare' | 'guarded' | 'guardedAgain' | 'join' | 'again', Workload> {
  const newTokens = () => newUserIds(rounds * JOINS_PER_SLICE).map(accessTokenOf);
  // Two sets of unknown tokens, because the first request with a token pays for its verification.
  const [baselineTokens, joinTokens] = [newTokens(), newTokens()];
  const path = `/v1/concerts/${concertId}/queue-tokens`;
  return {
    bare: { ...joinWorkload('bare', '/join', 200, baselineTokens), server: 'bare' },
    guarded: joinWorkload('guarded', `/v1/bench/guarded${path}`, 200, baselineTokens),
    // With verified tokens, as the token of a repeated join is.
    guardedAgain: joinWorkload('guarded again', `/v1/bench/guarded${path}`, 200, baselineTokens),
    join: joinWorkload('join', path, 201, joinTokens),
    again: joinWorkload('join again', path, 200, joinTokens),
  };
}

function sliceOf(requests: readonly Buffer[], round: number, count: number): readonly Buffer[] {
  const from = (round * count) % requests.length;
  return requests.slice(from, from + count);
}

function joinWorkload(name: string, path: string, status: number, tokens: readonly string[]): Workload {
  const requests = tokens.map((token) => joinRequest(path, token));
  return {
    name,
    server: 'frontrow',
    status,
    requestsOf: (round) => sliceOf(requests, round, JOINS_PER_SLICE),
  };
}

/** A join with an access token. */
export function joinRequest(path: string, accessToken: string): Buffer {
  const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Length': '0' };
  return wireRequest(`POST ${path}`, headers);
}
