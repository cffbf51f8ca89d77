import type { RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ScriptArgument } from './room-scripts.ts';

/** Version, JSON, then field, value, … for the scripts: every value a string, an absent cap empty. A window whose sales are stopped ends with `!`. */
export function configArguments(config: RoomConfig): ScriptArgument[] {
  const { version, admission } = config;
  const windows = config.windows.map(
    ({ reservationStartAt, reservationEndAt, stop }) =>
      `${reservationStartAt}-${reservationEndAt}${stop === undefined ? '' : '!'}`,
  );
  const fields = Object.entries({ ...admission, windows: windows.join(';') });
  return [
    version,
    JSON.stringify(config),
    ...fields.flatMap(([field, value]) => [field, value === null ? '' : String(value)]),
  ];
}
