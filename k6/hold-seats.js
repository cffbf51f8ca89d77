// Contended holds: four dates of 50 seats, so that most holds are refused.
import { holdRandomSeats } from './lib/hold-random-seats.js';

const { options, setup, run } = holdRandomSeats(50);
export { options, setup, run as default };
