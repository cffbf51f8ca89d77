import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { routed } from './routed.ts';
import type { Session } from './session.ts';

export function aimCatalog(
  unit: UnitOfWork,
  { toStaff, toConcert, toEvent, toNewEvent }: Session,
): Pick<UnitOfWork, 'concerts' | 'layouts' | 'layoutTemplates' | 'cancellations'> {
  return {
    concerts: routed(unit.concerts, {
      add: ({ id }) => toConcert(id),
      addEvent: ({ id, concertId }) => toNewEvent(id, concertId),
      lockPolicy: toConcert,
      lockConcert: toConcert,
      lockEvent: toEvent,
      saveConcert: ({ id }) => toConcert(id),
      saveEvent: ({ concertId }) => toConcert(concertId),
      arrangeSeats: toEvent,
      repriceSeats: ({ concertId }) => toConcert(concertId),
      hasEventAt: ({ concertId }) => toConcert(concertId),
      removeEvent: ({ concertId }) => toConcert(concertId),
      removeConcert: toConcert,
      savePolicy: toConcert,
    }),
    layouts: routed(unit.layouts, {
      find: ({ eventId }) => toEvent(eventId),
      add: ({ eventId }) => toEvent(eventId),
    }),
    layoutTemplates: routed(unit.layoutTemplates, {
      add: toStaff,
      lock: toStaff,
      save: toStaff,
      remove: toStaff,
    }),
    cancellations: routed(unit.cancellations, { add: ({ eventId }) => toEvent(eventId), finish: toEvent }),
  };
}
