import type { WaitingRoom } from '@frontrow/client';

type Condition = {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
};

export const PAUSED_TITLE = 'Nobody is admitted';
/** Workers tick every 200 ms. */
const TICK_AGE_MAX_MS = 5_000;

/** How long ago a worker looked whether it may admit somebody, by the clock of the room, in ms; null before the first. */
export function tickAgeMs({ lastTickAt, asOf }: Pick<WaitingRoom, 'lastTickAt' | 'asOf'>): number | null {
  return lastTickAt === null ? null : Math.max(0, Date.parse(asOf) - Date.parse(lastTickAt));
}

/** A room that has just opened has no tick yet, and needs none before somebody waits. */
export function isTickLate(room: Pick<WaitingRoom, 'room' | 'waiting' | 'lastTickAt' | 'asOf'>): boolean {
  const ageMs = tickAgeMs(room) ?? (room.waiting > 0 ? Infinity : 0);
  return room.room === 'OPEN' && ageMs > TICK_AGE_MAX_MS;
}

/** What an operator has to know of a room besides its numbers, the most urgent first. */
export function conditionsOf(room: WaitingRoom): readonly Condition[] {
  const conditions: (Condition | null)[] = [
    isTickLate(room)
      ? {
          tone: 'bad',
          title: 'No worker admits fans',
          text: 'Look whether a worker runs and reaches Redis: the page “Jobs” shows its last runs.',
        }
      : null,
    room.restoringUntil !== null
      ? {
          tone: 'warn',
          title: 'Places are being restored',
          text: 'Redis has lost the room. Fans get their places back as their pages ask, and nobody is admitted meanwhile.',
        }
      : null,
    stateCondition(room),
  ];
  return conditions.filter((condition) => condition !== null);
}

function stateCondition({ room, reason }: WaitingRoom): Condition | null {
  const condition = OF_STATES[room];
  return room === 'PAUSED' && condition !== null && reason !== null
    ? { ...condition, text: reason }
    : condition;
}

const OF_STATES: Readonly<Record<WaitingRoom['room'], Condition | null>> = {
  OPEN: null,
  PAUSED: { tone: 'warn', title: PAUSED_TITLE, text: 'Fans read no reason.' },
  SOLD_OUT: { tone: 'info', title: 'Sold out', text: 'Nobody is admitted until a seat returns.' },
  NOT_OPEN: {
    tone: 'info',
    title: 'Not open yet',
    text: 'Fans can join. Admission starts with the sale of a date.',
  },
  CLOSED: { tone: 'info', title: 'Closed', text: 'The sale of every date has ended.' },
};
