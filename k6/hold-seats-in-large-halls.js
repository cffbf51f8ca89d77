// Hold and reserve where nearly everybody gets a seat: as many durable commits as requests.
import { atScale } from './lib/profile.js';
import { reachForSeats } from './lib/reach-for-seats.js';

const { options, setup, run } = reachForSeats(atScale(10_000));
export { options, setup, run as default };
