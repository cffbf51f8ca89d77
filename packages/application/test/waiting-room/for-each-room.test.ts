import { expect, it } from 'vitest';
import { forEachRoom } from '../../src/waiting-room/for-each-room.ts';

it('runs the work for every room, and throws the failures', async () => {
  const done: string[] = [];
  const fault = new Error('on purpose');
  const work = forEachRoom({ list: async () => ['a', 'b', 'c'] }, async (concertId) => {
    if (concertId === 'b') throw fault;
    done.push(concertId);
  });
  await expect(work).rejects.toMatchObject({ message: '1 rooms failed', errors: [fault] });
  expect(done).toEqual(['a', 'c']);
});
