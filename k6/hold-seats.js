// Hold and reserve: four dates of fifty seats, so that few get what they reach for.
import { reachForSeats } from './lib/reach-for-seats.js';

const { options, setup, run } = reachForSeats(50);
export { options, setup, run as default };
