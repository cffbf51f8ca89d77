import { wireRequest } from '../harness/generator.ts';
import type { Contender } from '../harness/compare.ts';
import { accessTokenOf, newUserIds, ticketOf } from './crowd.ts';
import type { FullRoom } from './full-room.ts';

const POLLS_PER_SLICE = 20_000;
const JOINS_PER_SLICE = 5_000;

/** Polls of up to 100,000 distinct tickets, and the same bytes to the baselines. */
export function pollContenders({
  concertId,
  waiters,
}: FullRoom): Record<'bare' | 'guarded' | 'poll', Contender> {
  const tickets = waiters
    .slice(0, 100_000)
    .map(({ userId, sequence, issuedAt }) => ticketOf(concertId, userId, sequence, issuedAt));
  const contender = (name: string, path: string): Contender => {
    const requests = tickets.map((ticket) => wireRequest(`GET ${path}`, { 'Queue-Token': ticket }));
    return { name, status: 200, slice: (round) => cut(requests, round, POLLS_PER_SLICE) };
  };
  return {
    bare: contender('bare', '/v1/bench/bare/poll'),
    guarded: contender('guarded', '/v1/bench/guarded/v1/queue-tokens/current'),
    poll: contender('poll', '/v1/queue-tokens/current'),
  };
}

/** Joins of users who are new in every round, the same once more, and the same bytes to the baselines. */
export function joinContenders(
  concertId: string,
  rounds: number,
): Record<'bare' | 'guarded' | 'guardedAgain' | 'join' | 'again', Contender> {
  const newTokens = () => newUserIds(rounds * JOINS_PER_SLICE).map(accessTokenOf);
  // The server has seen neither before: who comes first with a token pays for its verification.
  const [strangers, joiners] = [newTokens(), newTokens()];
  const path = `/v1/concerts/${concertId}/queue-tokens`;
  return {
    bare: joinContender('bare', '/v1/bench/bare/join', 200, strangers),
    guarded: joinContender('guarded', `/v1/bench/guarded${path}`, 200, strangers),
    // With the tokens that it has just verified, as a repeated join comes with one that is known.
    guardedAgain: joinContender('guarded again', `/v1/bench/guarded${path}`, 200, strangers),
    join: joinContender('join', path, 201, joiners),
    again: joinContender('join again', path, 200, joiners),
  };
}

function cut(requests: readonly Buffer[], round: number, count: number): readonly Buffer[] {
  const from = (round * count) % requests.length;
  return requests.slice(from, from + count);
}

function joinContender(name: string, path: string, status: number, tokens: readonly string[]): Contender {
  const requests = tokens.map((token) => joinRequest(path, token));
  return { name, status, slice: (round) => cut(requests, round, JOINS_PER_SLICE) };
}

export function joinRequest(path: string, accessToken: string): Buffer {
  const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Length': '0' };
  return wireRequest(`POST ${path}`, headers);
}
