import type { Concert } from '@frontrow/client';

/** What the dialog of an act on a room gets. */
export type RoomActProps = {
  readonly concert: Concert;
  readonly onDone: () => void;
  readonly onClose: () => void;
};
