// Holds in large halls: nearly every hold is granted, so nearly every request needs a durable commit.
import { atScale } from './lib/profile.js';
import { holdRandomSeats } from './lib/hold-random-seats.js';

const { options, setup, run } = holdRandomSeats(atScale(10_000));
export { options, setup, run as default };
