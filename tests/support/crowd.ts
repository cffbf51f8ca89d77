import type { Fan } from './fan.ts';
import { type Sale } from './concert-on-sale-over-http.ts';
import { eventually } from './eventually.ts';
import { expectOk } from './operator.ts';
import type { Installation } from './start-installation.ts';

type Fans = Pick<Installation, 'fan'>;

let crowds = 0;

/** Fans whose user ids no other crowd has. */
export function createFans(installation: Fans, size: number): Fan[] {
  const crowd = ++crowds;
  return Array.from({ length: size }, (_, index) => installation.fan(`fan-${crowd}-${index}`));
}

/** New fans with ACTIVE queue tokens. A room that has just sold a seat admits them after its next count. */
export async function admitFans(
  installation: Fans,
  { concertId }: Pick<Sale, 'concertId'>,
  size: number,
): Promise<Fan[]> {
  const fans = createFans(installation, size);
  await Promise.all(
    fans.map(async (fan) => {
      if (expectOk(await fan.join(concertId)).status === 'ACTIVE') return;
      await eventually(async () => {
        const { status } = expectOk(await fan.status());
        if (status !== 'ACTIVE') throw new Error(`${fan.userId} is ${status}`);
      });
    }),
  );
  return fans;
}

/** One new fan with an ACTIVE queue token. */
export async function admitFan(installation: Fans, sale: Pick<Sale, 'concertId'>): Promise<Fan> {
  const [fan] = await admitFans(installation, sale, 1);
  if (fan === undefined) throw new Error('no fan was admitted');
  return fan;
}

/** Lets an admitted fan buy a seat of the default price, and returns the reservation. */
export async function buySeat(fan: Fan, eventId: string, seatNumber = 1): Promise<string> {
  expectOk(await fan.charge(100));
  const { id } = expectOk(await fan.hold(eventId, [seatNumber]));
  expectOk(await fan.pay(id));
  return id;
}
