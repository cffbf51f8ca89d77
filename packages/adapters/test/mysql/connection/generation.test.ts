import { expect, it } from 'vitest';
import { createGeneration } from '../../../src/mysql/connection/generation.ts';

it('ends every generation up to that of the connection, and tells each pool once', () => {
  const generations = createGeneration();
  const ended: number[] = [];
  generations.onEnd(() => ended.push(generations.current()));
  generations.onEnd(() => ended.push(generations.current()));
  generations.end(0);
  generations.end(1);
  expect(ended).toEqual([1, 1, 2, 2]);
});

it('ends no younger generation for a connection that fails late', () => {
  const generations = createGeneration();
  generations.end(0);
  generations.end(0);
  expect(generations.current()).toBe(1);
});
