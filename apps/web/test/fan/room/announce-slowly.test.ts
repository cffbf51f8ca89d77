import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { announceSlowly } from '../../../src/fan/room/announce-slowly.ts';

const said: string[] = [];
let slowly: ReturnType<typeof announceSlowly>;

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  slowly = announceSlowly((text) => said.push(text));
});

afterEach(() => {
  slowly.stop();
  vi.useRealTimers();
});

describe('announceSlowly', () => {
  it('says the first text at once, and then the newest every 30 s', () => {
    for (const position of [9, 8, 7]) slowly.say(`${position} ahead`);
    expect(said).toEqual(['9 ahead']);

    vi.advanceTimersByTime(30_000);
    expect(said).toEqual(['9 ahead', '7 ahead']);
  });

  it('says nothing twice, and a new text at once after a silence', () => {
    slowly.say('You are next');
    vi.advanceTimersByTime(30_000);
    slowly.say('You are next');
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual(['You are next']);

    slowly.say('1 ahead');
    expect(said).toEqual(['You are next', '1 ahead']);
  });

  it('says nothing after its end', () => {
    slowly.say('9 ahead');
    slowly.say('8 ahead');
    slowly.stop();
    vi.advanceTimersByTime(60_000);

    expect(said).toEqual(['9 ahead']);
  });
});
