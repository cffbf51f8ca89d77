import { accessTokenOf, newUserIds } from '../waiting-room/crowd.ts';
import type { World } from '../harness/world.ts';

/** Somebody inside, with what each request shows. */
export type AdmittedFan = {
  readonly userId: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Lets new users join an empty hall, which admits them at once. */
export async function admitFans(
  { application }: Pick<World, 'application'>,
  concertId: string,
  count: number,
): Promise<readonly AdmittedFan[]> {
  return Promise.all(
    newUserIds(count).map(async (userId) => {
      const joined = await application.issueQueueToken({ concertId, userId });
      const status = joined.ok ? joined.value.status : null;
      if (status?.status !== 'ACTIVE' || status.token === undefined)
        throw new Error(`${userId} was not admitted`);
      const headers = { Authorization: `Bearer ${accessTokenOf(userId)}`, 'Queue-Token': status.token };
      return { userId, token: status.token, headers };
    }),
  );
}
