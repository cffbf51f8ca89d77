import {
  type AdmissionPolicy,
  type AdmissionWindow,
  admissible,
  allowanceLeft,
  windowAt,
} from '../../src/waiting-room/admission.ts';
import type { Instant } from '../../src/shared/instant.ts';
import type { InventorySnapshot } from '../../src/waiting-room/inventory.ts';
import type { Observation } from '../../src/waiting-room/wait-estimate/observation.ts';

/** A fan's index in the order of joining. */
export type Fan = number;

type Inventory = Pick<InventorySnapshot, 'sellable' | 'holders' | 'countedAt'>;

/** The rules of a waiting room, on indices instead of places so that a sale of thousands of fans takes milliseconds. */
export type SimulatedRoom = {
  policy: AdmissionPolicy;
  join(): Fan;
  leave(fan: Fan): void;
  isInLine(fan: Fan): boolean;
  hasLeft(fan: Fan): boolean;
  /** 1 for the next in line. */
  positionOf(fan: Fan): number;
  /** Admits what the window and the seats allow: returned places and the line, in order of joining. */
  admit(now: Instant, inventory?: Inventory): { readonly fan: Fan; readonly isFromLine: boolean }[];
  /** Frees the slot of an active place. */
  endActive(): void;
  /** Parks a no-show, and frees the slot. */
  park(): void;
  returnParked(fan: Fan): void;
  endParked(): void;
  waiting(): number;
  observe(asOf: Instant, isOpen: boolean): Observation;
};

export function createSimulatedRoom(policy: AdmissionPolicy, fansMax: number): SimulatedRoom {
  const left = new Uint8Array(fansMax);
  // Counts those who left up to a fan: a binary indexed tree (P. M. Fenwick, 1994).
  const leftTree = new Int32Array(fansMax + 1);
  let window: AdmissionWindow | null = null;
  let since = { admitted: 0, admittedFromLine: 0, left: 0 };
  let returned: Fan[] = [];
  let [joined, next, waiting, active, parked] = [0, 0, 0, 0, 0];

  function leftBefore(fan: Fan): number {
    let count = 0;
    for (let node = fan; node > 0; node -= node & -node) count += leftTree[node]!;
    return count;
  }

  function takeNext(): { fan: Fan; isFromLine: boolean } | null {
    while (next < joined && left[next] === 1) next += 1;
    const first = returned[0];
    if (first !== undefined && (next === joined || first < next)) {
      returned.shift();
      parked -= 1;
      return { fan: first, isFromLine: false };
    }
    if (next === joined) return null;
    waiting -= 1;
    since.admittedFromLine += 1;
    return { fan: next++, isFromLine: true };
  }

  const room: SimulatedRoom = {
    policy,
    join() {
      waiting += 1;
      return joined++;
    },
    leave(fan) {
      left[fan] = 1;
      for (let node = fan + 1; node <= fansMax; node += node & -node) leftTree[node]! += 1;
      waiting -= 1;
      since.left += 1;
    },
    isInLine: (fan) => fan >= next && left[fan] === 0,
    hasLeft: (fan) => left[fan] === 1,
    positionOf: (fan) => fan - next + 1 - (leftBefore(fan) - leftBefore(next)),
    admit(now, inventory) {
      const present = windowAt(window, room.policy, now);
      const count = admissible(
        allowanceLeft(present, room.policy, now),
        room.policy,
        active,
        inventory ?? null,
        now,
      );
      const admitted = [];
      while (admitted.length < count) {
        const taken = takeNext();
        if (taken === null) break;
        admitted.push(taken);
      }
      if (admitted.length > 0) window = { ...present, used: present.used + admitted.length };
      active += admitted.length;
      since.admitted += admitted.length;
      return admitted;
    },
    endActive: () => void (active -= 1),
    park() {
      active -= 1;
      parked += 1;
    },
    returnParked: (fan) => void (returned = [...returned, fan].toSorted((a, b) => a - b)),
    endParked: () => void (parked -= 1),
    waiting: () => waiting,
    observe(asOf, isOpen) {
      const observation = { asOf, isOpen, policy: room.policy, window, waiting, active, parked, ...since };
      since = { admitted: 0, admittedFromLine: 0, left: 0 };
      return observation;
    },
  };
  return room;
}
