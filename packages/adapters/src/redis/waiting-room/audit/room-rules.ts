import { epochOf, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { RoomContents, StoredPlace } from './room-contents.ts';

export type BrokenRow = Readonly<Record<string, unknown>>;

/** Each rule finds what breaks it. All of them hold between any two scripts of a room. */
export const ROOM_RULES: Readonly<Record<string, (room: RoomContents) => BrokenRow[]>> = {
  'a user has one place in a room': ({ waiting, places }) =>
    [...waiting].flatMap(([user, sequence]) => {
      const place = places.get(user);
      return place === undefined ? [] : [{ user, waiting: sequence, place }];
    }),

  'a sequence belongs to one user': (room) => {
    const owners = new Map<number, string>();
    const shared: BrokenRow[] = [];
    for (const [user, sequence] of sequencesOf(room)) {
      const other = owners.get(sequence) ?? user;
      if (other !== user) shared.push({ sequence, users: [other, user] });
      owners.set(sequence, user);
    }
    return shared;
  },

  'no sequence lies beyond the last that was drawn': (room) => {
    const last = sequenceOf(room.epoch, 1) + room.counter - 1;
    return sequencesOf(room).flatMap(([user, sequence]) =>
      sequence > last ? [{ user, sequence, last }] : [],
    );
  },

  'nobody below the watermark waits in line': ({ epoch, waiting, watermark }) => {
    // Until the first admission of an epoch, the line may hold places that an older copy of the data has brought back.
    if (epochOf(watermark) < epoch) return [];
    return [...waiting].flatMap(([user, sequence]) =>
      sequence <= watermark ? [{ user, sequence, watermark }] : [],
    );
  },

  'a place is where its state says, and nowhere else': (room) => {
    const { places, offered, parkedUntil, active, returned } = room;
    const structures = { offered, parkedUntil, active, returned };
    const users = new Set([places, ...Object.values(structures)].flatMap((members) => [...members.keys()]));
    return [...users].flatMap((user) => {
      const place = places.get(user);
      const found = Object.entries(structures).flatMap(([name, members]) =>
        members.has(user) ? [name] : [],
      );
      const expected = place === undefined ? '' : STRUCTURES_OF[place.state].join();
      return found.join() === expected ? [] : [{ user, place: place ?? null, found }];
    });
  },

  'an offered, active or parked place has its deadline': ({ places, active, parkedUntil }) =>
    [...places].flatMap(([user, place]) => {
      const deadline = active.get(user) ?? parkedUntil.get(user);
      return hasDeadline(place, deadline) ? [] : [{ user, place, deadline: deadline ?? null }];
    }),

  'a returned place keeps its sequence': ({ places, returned }) =>
    [...returned].flatMap(([user, sequence]) =>
      places.get(user)?.sequence === sequence ? [] : [{ user, sequence, place: places.get(user) ?? null }],
    ),

  'a place that has ended is not in the room': (room) =>
    sequencesOf(room).flatMap(([user, sequence]) => (room.ended.has(sequence) ? [{ user, sequence }] : [])),

  'a window admits at most a batch': ({ window, batchSize, configured }) => {
    // A smaller batch may have been configured in the middle of the window.
    if (window === null || configured === null || window.openedAt < configured.at) return [];
    return window.used > batchSize ? [{ ...window, batchSize }] : [];
  },

  'admission keeps to maxActive': (room) => {
    const { maxActive, configured, epoch } = room;
    if (maxActive === null || configured === null) return [];
    // The sessions of earlier epochs come back from their tickets, whatever the number.
    const present = [...room.offered, ...room.active].flatMap(([user, endsAt]) => {
      const { sequence } = room.places.get(user) ?? { sequence: 0 };
      return endsAt > room.readAt && epochOf(sequence) === epoch ? [sequence] : [];
    });
    // Of those who joined before the present configuration nobody knows under which they were admitted.
    const lastConfigured = sequenceOf(epoch, 1) + configured.counter - 1;
    const isByAdmission = present.some((sequence) => sequence > lastConfigured);
    return isByAdmission && present.length > maxActive ? [{ active: present.length, maxActive }] : [];
  },
};

const STRUCTURES_OF = {
  OFFERED: ['offered', 'parkedUntil'],
  PARKED: ['parkedUntil'],
  ACTIVE: ['active'],
  RETURNED: ['returned'],
} as const;

function hasDeadline({ state, sessionEndsAt }: StoredPlace, deadline: number | undefined): boolean {
  switch (state) {
    case 'ACTIVE':
      return sessionEndsAt > 0 && deadline === sessionEndsAt;
    case 'OFFERED':
    case 'PARKED':
      return deadline !== undefined && deadline > 0;
    case 'RETURNED':
      return true;
    default:
      return state satisfies never;
  }
}

/** Of all places, by user. */
export function sequencesOf({ waiting, places }: RoomContents): [user: string, sequence: number][] {
  return [...waiting, ...[...places].map(([user, { sequence }]): [string, number] => [user, sequence])];
}
