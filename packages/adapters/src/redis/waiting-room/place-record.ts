import { InvariantViolation } from '@frontrow/domain/shared/invariant.ts';

/** The states in a record of the hash `place`. A parked place keeps the record of its offer. */
export const RECORD_STATES = { OFFERED: 'O', ACTIVE: 'A', RETURNED: 'R' } as const;

export type PlaceRecord = {
  readonly sequence: number;
  /** 0 before the session. */
  readonly sessionExpiresAt: number;
  readonly state: keyof typeof RECORD_STATES;
};

/** As `pack_place` in lua/shared/place.lua writes it. */
const RECORD =
  /^(?<sequence>\d+):(?<issuedAt>\d+):(?<sessionTtlMs>\d+):(?<sessionExpiresAt>\d+):(?<state>[A-Z])$/;

export function readPlaceRecord(text: string): PlaceRecord {
  const groups = RECORD.exec(text)?.groups;
  const state = Object.entries(RECORD_STATES).find(([, code]) => code === groups?.['state'])?.[0];
  if (groups === undefined || state === undefined)
    throw new InvariantViolation(`"${text}" is no record of a place`);
  return {
    sequence: Number(groups['sequence']),
    sessionExpiresAt: Number(groups['sessionExpiresAt']),
    state: state as PlaceRecord['state'],
  };
}
