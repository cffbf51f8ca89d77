import {
  type AdmissionPolicy,
  type AdmissionWindow,
  admissible,
  allowanceLeft,
  windowAt,
} from '../../src/waiting-room/admission.ts';
import type { Instant } from '../../src/shared/instant.ts';
import type { Observation } from '../../src/waiting-room/wait-estimate/wait-estimate.ts';

/** A fan is known by the number of fans who joined before. */
export type Fan = number;

/** A waiting room in memory that follows the rules of the real one, and is told what its fans do. */
export type SimulatedRoom = {
  policy: AdmissionPolicy;
  join(): Fan;
  leave(fan: Fan): void;
  isInLine(fan: Fan): boolean;
  hasLeft(fan: Fan): boolean;
  /** 1 for the next in line. */
  positionOf(fan: Fan): number;
  /** Admits the next; answers them, those from the line and those who had been parked. */
  admit(now: Instant): { readonly fan: Fan; readonly isFromLine: boolean }[];
  /** An active fan makes room. */
  end(): void;
  /** An admitted fan did not show up; comes back; is not expected back any more. */
  park(): void;
  comeBack(fan: Fan): void;
  forget(): void;
  waiting(): number;
  /** A snapshot of the room and what has happened since the last one. */
  look(asOf: Instant, isOpen: boolean): Observation;
};

export function createSimulatedRoom(policy: AdmissionPolicy, fansMax: number): SimulatedRoom {
  const left = new Uint8Array(fansMax);
  // How many have left up to a fan, as a binary indexed tree (P. M. Fenwick, 1994).
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

  function take(): { fan: Fan; isFromLine: boolean } | null {
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
    admit(now) {
      const present = windowAt(window, room.policy, now);
      const count = admissible(allowanceLeft(present, room.policy, now), room.policy, active, null, now);
      const admitted = [];
      for (let one = count > 0 ? take() : null; one !== null; one = admitted.length < count ? take() : null) {
        admitted.push(one);
      }
      if (admitted.length > 0) window = { ...present, used: present.used + admitted.length };
      active += admitted.length;
      since.admitted += admitted.length;
      return admitted;
    },
    end: () => void (active -= 1),
    park() {
      active -= 1;
      parked += 1;
    },
    comeBack: (fan) => void (returned = [...returned, fan].toSorted((a, b) => a - b)),
    forget: () => void (parked -= 1),
    waiting: () => waiting,
    look(asOf, isOpen) {
      const news = { asOf, isOpen, policy: room.policy, window, waiting, active, parked, ...since };
      since = { admitted: 0, admittedFromLine: 0, left: 0 };
      return news;
    },
  };
  return room;
}
