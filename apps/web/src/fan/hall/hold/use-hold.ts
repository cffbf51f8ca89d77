import type { SeatChoice } from '@frontrow/client';
import { useLocation } from 'preact-iso/router';
import type { HallModel } from '../hall-model.ts';

/** Holds seats, and leads to the reservation. A refusal becomes the notice of the model. */
export function useHold(model: HallModel): (choice: SeatChoice) => Promise<void> {
  const { route } = useLocation();
  return async (choice) => {
    const reservationId = await model.hold(choice);
    if (reservationId !== null) route(`/reservations/${reservationId}`);
  };
}
