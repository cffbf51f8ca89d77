// The package as its users see it. A bundler drops what a page does not use.
export { type Answer, type Failure, type Success, type Unreachable, answerOf, dataOf } from './answer.ts';
export type { Client } from './generated/client/index.ts';
export * from './generated/sdk.gen.ts';
export type * from './generated/types.gen.ts';
export { type IdempotencyKeys, createIdempotencyKeys } from './idempotency-keys.ts';
export { type ClientOptions, openClient } from './open-client.ts';
export { type SeatStatus, statusesOf } from './seat-states.ts';
export { type SendOptions, type Wait, sendUntilAnswered } from './send-until-answered.ts';
export { type ServerClock, createServerClock } from './server-clock.ts';
export { type KeyValueStorage, createMemoryStorage, scopedStorage, tolerantStorage } from './storage.ts';
export { type TicketStore, createTicketStore } from './ticket-store.ts';
export type { Connection } from './watch/connection.ts';
export type { Following } from './watch/follow.ts';
export { type PlaceEnd, watchPlace } from './watch/watch-place.ts';
export { type RoomEnd, positionInRoom, waitInRoom, watchRoom } from './watch/watch-room.ts';
export {
  type ChangedSeat,
  type SeatFacts,
  type SeatsChange,
  type SeatsEnd,
  watchSeats,
} from './watch/watch-seats.ts';
