import { expect, it } from 'vitest';
import { limitFetch } from '../src/limited-fetch.ts';

it('sends at most so many requests at a time, in order, also after failures', async () => {
  const sent: { readonly url: string; readonly answer: PromiseWithResolvers<Response> }[] = [];
  const send = limitFetch(2, async (input) => {
    const answer = Promise.withResolvers<Response>();
    sent.push({ url: input as string, answer });
    return answer.promise;
  });
  const answers = ['a', 'b', 'c', 'd'].map((url) => send(url).then(({ status }) => status, String));
  const urls = () => sent.map(({ url }) => url);

  await expect.poll(urls).toEqual(['a', 'b']);
  sent[1]?.answer.reject(new Error('gone'));
  await expect.poll(urls).toEqual(['a', 'b', 'c']);
  sent[2]?.answer.resolve(new Response());
  await expect.poll(urls).toEqual(['a', 'b', 'c', 'd']);
  for (const { answer } of sent) answer.resolve(new Response());
  expect(await Promise.all(answers)).toEqual([200, 'Error: gone', 200, 200]);
});

it('follows no redirection, which could lead to another machine', async () => {
  const inits: (RequestInit | undefined)[] = [];
  const send = limitFetch(1, async (_input, init) => {
    inits.push(init);
    return new Response();
  });
  await send('http://127.0.0.1', { method: 'POST' });
  expect(inits).toEqual([{ method: 'POST', redirect: 'error' }]);
});
