import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { expect, it } from 'vitest';
import type { Answer } from '../support/client.ts';
import { createFans } from '../support/crowd.ts';
import { beginToMoveSlot } from '../support/moving-slot.ts';
import { expectOk } from '../support/operator.ts';
import type { QueueStatus } from '../support/response-bodies.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1, redisSet: 'cluster' });

it('answers the true place, or 503 with Retry-After, while the slot of a room moves key by key', async () => {
  const { concertId } = await installation().openSale({ policy: { admission: { state: 'PAUSED' } } });
  const { impatient } = installation();
  const line = createFans(impatient, 30);
  for (const fan of line) expectOk(await fan.join(concertId));
  let refused = 0;
  const wrong: string[] = [];
  /** Whether the fan has this place, or a refusal that tells when to come back. */
  const check = ({ status, headers, body }: Answer<QueueStatus>, place: number): boolean => {
    const isRefused = status === 503 && Number(headers['retry-after']) > 0;
    const isTrue = status < 300 && body.status === 'WAITING' && body.position === place;
    if (isRefused) refused += 1;
    else if (!isTrue) wrong.push(`${status}: ${body.status} at ${body.position} instead of ${place}`);
    return isTrue;
  };
  const newcomers: typeof line = [];
  const ask = async () => {
    const polls = line.map(async (fan, index) => {
      const again =
        index % 5 === 0 ? await fan.at(index % 2).join(concertId) : await fan.at(index % 2).status();
      check(again, index + 1);
    });
    const [newcomer] = createFans(impatient, 1);
    const place = line.length + newcomers.length + 1;
    if (check(await newcomer!.join(concertId), place)) newcomers.push(newcomer!);
    await Promise.all(polls);
  };

  await ask();
  const slot = await beginToMoveSlot(
    installation().redisSet(),
    createKeys(installation().keyPrefix).room(concertId).room,
  );
  await ask();
  for (const key of slot.keys) {
    await slot.moveKey(key);
    await ask();
  }
  expect(wrong).toEqual([]);
  expect(refused).toBeGreaterThan(0);
  await slot.finish();
  const everyone = [...line, ...newcomers];
  const places = everyone.map(async ({ userId }) => {
    const patient = installation().fan(userId);
    return expectOk(await patient.join(concertId)).position;
  });
  expect(await Promise.all(places)).toEqual(everyone.map((_, index) => index + 1));
});
