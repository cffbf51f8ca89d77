import { expect, it } from 'vitest';
import { listenOn } from '../../src/process/listen.ts';

const ADDRESS = { host: '127.0.0.1', port: 80, variables: { host: 'HOST', port: 'PORT' } };

function failWith(code: string, message: string) {
  return { listen: () => Promise.reject(Object.assign(new Error(message), { code })) };
}

it.each([
  ['EADDRINUSE', '(PORT): another process listens there; choose another port (EADDRINUSE)'],
  ['EACCES', '(PORT): this user may not listen on this port; choose one from 1024 (EACCES)'],
  ['EADDRNOTAVAIL', '(HOST): the message of the system'],
  ['ENOTFOUND', '(HOST): the message of the system'],
])('names the variable of %s', async (code, reason) => {
  await expect(listenOn(failWith(code, 'the message of the system'), ADDRESS)).rejects.toThrow(
    `cannot listen on 127.0.0.1:80 ${reason}`,
  );
});
